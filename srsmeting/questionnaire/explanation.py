def explain_routing(r, q):
    return "alle respondenten"
