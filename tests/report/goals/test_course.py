from collections.abc import Callable

from srsmeting.report.goals import GoalsReport

Open = Callable[..., GoalsReport]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_it_is_told_when_was_measured(report: GoalsReport, reopen: Open) -> None:
    assert report.measured() == ("Gemeten is in maart 2020 en december 2020; de resultaten zijn die van december 2020.")
    head = "unit,track,part,moment,value,note\n"
    assert reopen(results=f"{head}delta,werven,,begin,6,\n").measured() == "Gemeten is in maart 2020."
    assert reopen(results=head).measured() == "Er is nog niet gemeten."


def test_steps_are_told_with_where_they_grow(report: GoalsReport) -> None:
    assert report.flow() == "De pilots telden samen circa 77 bij werven en 34 bij plaatsen."
    assert report.flow_nesting() == (
        "Een latere stap telt er soms meer dan de stap ervoor: bij Eems is ‘Plaatsen’ groter dan ‘Werven’. Niet iedereen "
        "doorloopt alle stappen."
    )
    assert report.flow_whole() == ""


def test_a_step_that_everyone_took_is_named(reopen: Open) -> None:
    head = "unit,track,part,moment,value,note\n"
    report = reopen(
        results=head
        + "delta,werven,,eind,50,\ndelta,plaatsen,,eind,50,\neems,werven,,eind,3,\neems,plaatsen,,eind,1,\n"
    )

    assert report.flow_whole() == "Alleen bij Delta telt plaatsen er evenveel als werven."
    assert report.flow_nesting() == ""


def test_months_are_told(report: GoalsReport) -> None:
    assert report.durations() == (
        "De looptijd loopt uiteen van 11 maanden (Eems) tot 12 maanden (Delta en Friese Meren). Gemiddeld is dat "
        "11,7 maanden."
    )
    assert report.extended() == "Alleen Eems is verlengd."
    assert report.first_and_last() == "Als eerste begon Delta (januari 2020), als laatste Friese Meren (maart 2020)."
    assert report.finished() == (
        "Bij de meting van december 2020 waren twee van de drie pilots afgerond: Delta en Eems."
    )
    assert report.interim() == ("De stand van december 2020 is een tussenstand: één van de drie pilots liep toen nog.")


def test_months_that_are_all_alike_are_told_otherwise(reopen: Open) -> None:
    rows = "".join(f"{unit},2020-01,2020-06,,\n" for unit in ("delta", "eems", "fries"))
    report = reopen(durations=f"unit,start,end,extension,note\n{rows}")

    assert report.durations() == "De looptijd is overal 6 maanden."
    assert report.extended() == "Geen van de drie pilots is verlengd."
    assert report.first_and_last() == ""
    assert report.finished() == "Bij de meting van december 2020 waren alle pilots afgerond."
    assert report.interim() == ""


def test_extensions_are_counted(reopen: Open) -> None:
    rows = "delta,2020-01,2020-06,2021-01,\neems,2020-01,2020-06,2021-01,\nfries,2020-01,2021-01,,\n"
    report = reopen(durations=f"unit,start,end,extension,note\n{rows}")

    assert report.extended() == "Twee van de drie pilots zijn verlengd: Delta en Eems."
    assert report.finished() == "Bij de meting van december 2020 liepen alle pilots nog."


def test_who_takes_part_is_told(report: GoalsReport, reopen: Open) -> None:
    assert report.taking_part() == (
        "Werkgevers: samen 8 (zonder Friese Meren), de meeste bij Eems (5). Gemeenten: samen 2 (zonder Eems en Friese "
        "Meren)."
    )
    one = "unit,kind,moment,value,names,note\neems,werkgevers,eind,5,,\n"
    assert reopen(participants=one).taking_part() == "Alleen van Eems is bekend hoeveel organisaties meedoen."


def test_drop_out_is_told_over_what_was_counted(report: GoalsReport) -> None:
    assert plain(report.dropout()) == (
        "Waar uitvallers zijn geteld, was de uitval het grootst bij selectie (10 van de 50, 20 procent). Daarna volgt "
        "de uitval bij traject (7 van de 36, 19 procent)."
    )
    assert report.dropout_known() == (
        "Van twee van de drie pilots is voor minstens één fase bekend hoeveel mensen uitvielen en van hoeveel."
    )


def test_drop_out_in_words_only_is_no_number(reopen: Open) -> None:
    head = "unit,phase,moment,numerator,denominator,value,note\n"

    assert reopen(dropout=f"{head}delta,selectie,eind,,,onbekend,\n").dropout() == (
        "Uitvallers zijn niet in aantallen gemeld."
    )
    assert plain(reopen(dropout=f"{head}delta,selectie,eind,1,4,,\n").dropout()) == (
        "Uitvallers zijn alleen geteld bij selectie (1 van de 4, 25 procent)."
    )
    equal = f"{head}delta,selectie,eind,1,4,,\ndelta,traject,eind,2,8,,\n"
    assert plain(reopen(dropout=equal).dropout()) == (
        "Waar uitvallers zijn geteld, was de uitval: selectie (1 van de 4, 25 procent); traject (2 van de 8, 25 "
        "procent)."
    )


def test_what_most_tell_of_is_named(report: GoalsReport, reopen: Open) -> None:
    assert report.most_told() == "Het meest genoemd: ‘Te weinig stages’ (door twee van de drie pilots)."
    assert reopen(topics="unit,topic,note\ndelta,stages,\neems,taal,\n").most_told() == ""


def test_the_pace_is_held_against_a_straight_line(report: GoalsReport, reopen: Open) -> None:
    # Everyone with a goal and a result has come to its end.
    assert plain(report.pace("plaatsen")) == (
        "Volgens een rechte lijn naar het doel zou 100 procent bereikt zijn; plaatsen ligt daar 42 procentpunt boven."
    )
    assert plain(report.pace("werven")) == (
        "Volgens een rechte lijn naar het doel zou 100 procent bereikt zijn; met circa 97 tot 113 procent ligt werven "
        "op die lijn."
    )
    head = "unit,track,part,moment,value,note\n"
    # Delta was 3 of its 12 months on its way.
    assert plain(reopen(results=f"{head}delta,werven,,begin,6,\n").pace("werven")) == (
        "Volgens een rechte lijn naar het doel zou 25 procent bereikt zijn; werven ligt daar 10 procentpunt onder."
    )
    assert reopen(results=f"{head}delta,werven,,eind,6,\n").pace("werven") == ""


def test_what_was_kept_is_told(report: GoalsReport) -> None:
    assert report.kept() == (
        "Naast doelen en resultaten is bijgehouden: de looptijd, wie meedoen, de uitval, waarover werd verteld en "
        "overige cijfers."
    )
