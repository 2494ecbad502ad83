"""A dialogue may wait below another one, and goes on when that is over."""

from datetime import timedelta

from models import FormRow
from tests.models.world import NOW

HOUR = timedelta(hours=1)


def begun(form: FormRow, name: str, expires_at) -> None:
    """Another dialogue takes the place."""
    form.name, form.token, form.answers, form.history = name, f"token of {name}", {"for": name}, [{}]
    form.expires_at = expires_at


def test_a_covered_dialogue_goes_on_where_it_was():
    form = FormRow()
    begun(form, "ask", NOW + 5 * HOUR)
    form.cover()
    begun(form, "write", NOW + HOUR)
    assert form.uncover(NOW)
    assert (form.name, form.token, form.answers) == ("ask", "token of ask", {"for": "ask"})
    assert form.expires_at == NOW + 5 * HOUR
    assert not form.uncover(NOW)


def test_what_expired_below_is_passed_over():
    form = FormRow()
    begun(form, "ask", NOW + 5 * HOUR)
    form.cover()
    begun(form, "change", NOW + HOUR)
    form.cover()
    begun(form, "write", NOW + 3 * HOUR)
    assert form.uncover(NOW + 2 * HOUR)
    assert form.name == "ask"


def test_where_nothing_waits_below_nothing_goes_on():
    form = FormRow()
    begun(form, "ask", NOW)
    form.cover()
    begun(form, "write", NOW)
    assert not form.uncover(NOW)
