"""casebook form and casebook new --from-docx: a case by way of Word."""

import io

import docx
import pytest

from builder.intake.word_form_reader import form_text
from tests.conftest import replacing, run


def fill(path, **answers):
    """Write answers into the cells beside their labels."""
    document = docx.Document(path)
    for table in document.tables:
        for row in table.rows:
            label = row.cells[0].text.split("\n")[0]
            if label in answers:
                lines = row.cells[-1]._tc.iter(
                    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
                )
                docx.text.paragraph.Paragraph(next(lines), None).add_run(answers[label])
    document.save(path)


@pytest.fixture
def office(library):
    library.add()
    return library


def test_an_empty_form_filled_in_becomes_a_case(office, tmp_path):
    path = tmp_path / "案例表.docx"
    assert run(office, "form", path)[0] == 0
    fill(
        path,
        **{
            "标题": "羽绒服洗坏了",
            "案情简介": "送洗的羽绒服掉色。",
            "纠纷类型": "退卡退款",
            "时间线·收到": "2025年3月2日",
        },
    )
    code, said = run(office, "new", "--from-docx", path)
    assert (code, "SL-2025-0001" in said) == (0, True), said
    case = next(item.case for item in office.load().cases if item.case.id == "SL-2025-0001")
    assert (case.title, case.dispute_types, case.facts) == (
        "羽绒服洗坏了",
        ("tuika",),
        "送洗的羽绒服掉色。",
    )
    assert run(office, "check")[0] == 0


def test_an_edit_by_way_of_word_is_taken_once_and_then_shown(office, tmp_path):
    path = tmp_path / "改.docx"
    assert run(office, "form", path, "sl-2026-0001")[0] == 0
    fill(path, **{"案例评析": "多谈一次就成。"})
    assert run(office, "new", "--from-docx", path)[0] == 0
    filed = office.root / "cases/2026/SL-2026-0001.yml"
    assert "多谈一次就成。" in filed.read_text("utf-8")
    fill(path, **{"案例评析": "再改。"})
    code, said = run(office, "new", "--from-docx", path)
    assert (code, "又被别人改过" in said) == (1, True)
    assert "再改" not in filed.read_text("utf-8")


def test_what_is_wrong_is_told_by_the_labels_of_the_form(office, tmp_path):
    path = tmp_path / "错.docx"
    run(office, "form", path)
    fill(path, **{"案情简介": "没有标题。", "金额·争议金额": "一千", "行业": "健身业"})
    code, said = run(office, "new", "--from-docx", path)
    assert code == 1
    assert "标题" in said
    assert "金额·争议金额：应是数字" in said
    assert len(list((office.root / "cases").glob("20*/*.yml"))) == 1


def test_wrong_use_is_said(office, tmp_path):
    assert run(office, "form", tmp_path / "表.doc")[0] == 2
    assert run(office, "form", tmp_path / "表.docx", "SL-2026-0099")[0] == 2
    assert run(office, "new", "--from-docx", tmp_path / "没有.docx")[0] == 2
    (tmp_path / "x.docx").write_bytes(b"x")
    code, said = run(office, "new", "--from-docx", tmp_path / "x.docx")
    assert (code, "不是 Word 文档" in said) == (2, True)
    assert run(office, "new", "--from-docx", tmp_path / "x.docx", "--title", "甲")[0] == 2


def test_the_form_says_which_text_it_began_with(office, tmp_path):
    path = tmp_path / "改.docx"
    run(office, "form", path, "SL-2026-0001")
    text = form_text(path.read_bytes(), path.name, office.load().vocabularies)
    assert text.startswith("# 基于 SL-2026-0001 ")
    before = path.read_bytes()
    office.add(edit=replacing(("停课", "闭店")))
    run(office, "form", path, "SL-2026-0001")
    assert path.read_bytes() != before
    assert docx.Document(io.BytesIO(before)).core_properties.title == "案例表 SL-2026-0001"
