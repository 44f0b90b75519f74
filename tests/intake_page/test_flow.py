"""The drawing and its words say the same, and nothing falls out of its box."""

from defusedxml.ElementTree import fromstring

from srsmeting.intake_page.flow import Stage, draw_flow, tell_flow

STAGES = [
    Stage(1308, "Rijen ontvangen", aside=((1007, "niet voltooid"), (1, "dubbel ingevuld door een collega & <b>"))),
    Stage(300, "Rijen gebruikt", ((290, "voltooid"), (10, "gedeeltelijk"))),
]


def test_the_words() -> None:
    assert tell_flow(STAGES) == (
        "Rijen ontvangen: 1.308. Terzijde gelegd: 1.008 (1.007 niet voltooid, 1 dubbel ingevuld door een collega & <b>). "
        "Rijen gebruikt: 300 (290 voltooid, 10 gedeeltelijk)."
    )
    assert tell_flow([Stage(3, "Rijen ontvangen"), Stage(3, "Rijen gebruikt")]) == (
        "Rijen ontvangen: 3. Terzijde gelegd: 0. Rijen gebruikt: 3."
    )


def test_the_drawing_has_the_words_and_a_title() -> None:
    drawing = fromstring(draw_flow("f", "De rijen", STAGES))
    assert drawing.attrib["role"] == "img"
    assert drawing.attrib["aria-labelledby"] == "f-title"
    assert drawing.attrib["aria-describedby"] == "f-text"
    assert drawing[0].text == "De rijen"
    assert [text.text for text in drawing.iter("text")] == [
        "Rijen ontvangen",
        "1.308",
        "Terzijde gelegd: 1.008",
        "1.007 niet voltooid",
        "1 dubbel ingevuld door",
        "een collega & <b>",
        "Rijen gebruikt",
        "300",
        "290 voltooid",
        "10 gedeeltelijk",
    ]


def test_every_text_is_in_a_box_and_every_box_in_the_drawing() -> None:
    drawing = fromstring(draw_flow("f", "De rijen", [Stage(1, "w" * 60, aside=((10**9, "m" * 90),)), Stage(0, "x")]))
    width, height = (float(drawing.attrib[name]) for name in ("width", "height"))
    boxes = [[float(box.attrib[name]) for name in ("x", "y", "width", "height")] for box in drawing.iter("rect")]
    for left, top, across, down in boxes:
        assert left > 0
        assert top > 0
        assert left + across < width
        assert top + down < height
    for text in drawing.iter("text"):
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        assert len(text.text or "") <= 22
        assert sum(left < x < left + across and top < y < top + down for left, top, across, down in boxes) == 1


def test_without_anything_set_aside_there_is_no_box_for_it() -> None:
    drawing = fromstring(draw_flow("f", "De rijen", [Stage(3, "Ontvangen"), Stage(3, "Gebruikt")]))
    assert [box.attrib["class"] for box in drawing.iter("rect")] == ["box", "end"]
