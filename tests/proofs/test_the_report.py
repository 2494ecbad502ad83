"""The report is renewed row by row, so it must be readable again."""

from bot.i18n import translator
from handlers.words import code_word_of
from models import Request
from models.code_words import CODE_WORDS
from tests.proofs.story import masked
from tests.support.proving import Proof, Row, _Figures, known


def test_a_row_is_read_as_it_was_written(tmp_path, monkeypatch):
    row = Row("kill", "Nothing is lost", "killed", "1,000 kills, 0 lost", "2026-11-28", "`make prove ONLY=kill`")
    file = tmp_path / "reliability.md"
    file.write_text(f"# Title\n\n| proof | promise | how | figure | on | command |\n|---|---|---|---|---|---|\n{row}\n")
    monkeypatch.setattr("tests.support.proving.REPORT", file)
    assert known() == [row]


def test_the_full_size_is_the_goal_over_the_shards():
    assert Proof({"kills": 1000}, 3, full=True).size(5) == 334
    assert Proof({"kills": 1000}, 3, full=False).size(5) == 5


def test_figures_add_up_and_what_was_never_counted_is_none():
    proof = Proof({"kills": 1}, 1, full=False)
    proof.count(kills=1200, lost=0)
    proof.count(kills=34)
    proof.most(seconds=0.5)
    proof.most(seconds=0.25)
    said = "{kills} kills, {lost} lost, {doubled} doubled, at most {seconds} s"
    assert said.format_map(_Figures(proof.counted | proof.highest)) == "1,234 kills, 0 lost, 0 doubled, at most 0.50 s"


def test_whatever_word_is_drawn_the_story_reads_the_same():
    t = translator("nl")
    for word in CODE_WORDS:
        written = code_word_of(t, Request(code_word=word))
        assert masked(f"Aan de deur zegt Mia het codewoord: {written}.") == (
            "Aan de deur zegt Mia het codewoord: woord."
        ), word
