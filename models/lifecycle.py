"""Which step in the life of a request may follow which: one table, that everything goes through."""

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    OFFERED = "offered"  # somebody wants to help; the resident first wants to know who
    TAKEN = "taken"
    ENDED = "ended"


SEARCHING = (State.OPEN, State.OFFERED)
PROMISED = (State.OFFERED, State.TAKEN)  # there is a helper, or somebody who wants to be


class Action(StrEnum):
    """What can be done with a request."""

    OFFER = "offer"
    ACCEPT = "accept"
    AGREE = "agree"
    PREFER_OTHER = "prefer_other"
    HAND_BACK = "hand_back"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    REFUSE_TIME = "refuse_time"
    CHANGE = "change"
    REPORT = "report"
    FINISH = "finish"  # both sides said the same
    ASSIGN = "assign"
    SUGGEST = "suggest"  # a coordinator found somebody; the resident first wants to know who
    PUT_BACK = "put_back"  # a coordinator takes the task from whoever helps
    CANCEL = "cancel"
    CLOSE = "close"
    LAPSE = "lapse"


TRANSITIONS = {
    (State.OPEN, Action.OFFER): State.OFFERED,
    (State.OPEN, Action.ACCEPT): State.TAKEN,
    (State.OPEN, Action.CHANGE): State.OPEN,
    (State.OPEN, Action.ASSIGN): State.TAKEN,
    (State.OPEN, Action.SUGGEST): State.OFFERED,
    (State.OPEN, Action.CANCEL): State.ENDED,
    (State.OPEN, Action.CLOSE): State.ENDED,
    (State.OPEN, Action.LAPSE): State.ENDED,
    (State.OFFERED, Action.AGREE): State.TAKEN,
    (State.OFFERED, Action.PREFER_OTHER): State.OPEN,
    (State.OFFERED, Action.HAND_BACK): State.OPEN,
    (State.OFFERED, Action.CHANGE): State.OFFERED,
    (State.OFFERED, Action.ASSIGN): State.TAKEN,
    (State.OFFERED, Action.SUGGEST): State.OFFERED,
    (State.OFFERED, Action.PUT_BACK): State.OPEN,
    (State.OFFERED, Action.CANCEL): State.ENDED,
    (State.OFFERED, Action.CLOSE): State.ENDED,
    (State.OFFERED, Action.LAPSE): State.ENDED,
    (State.TAKEN, Action.PREFER_OTHER): State.OPEN,
    (State.TAKEN, Action.HAND_BACK): State.OPEN,
    (State.TAKEN, Action.PROPOSE): State.TAKEN,
    (State.TAKEN, Action.CONFIRM): State.TAKEN,
    (State.TAKEN, Action.REFUSE_TIME): State.TAKEN,
    (State.TAKEN, Action.CHANGE): State.TAKEN,
    (State.TAKEN, Action.REPORT): State.TAKEN,
    (State.TAKEN, Action.FINISH): State.ENDED,
    (State.TAKEN, Action.ASSIGN): State.TAKEN,
    (State.TAKEN, Action.SUGGEST): State.OFFERED,
    (State.TAKEN, Action.PUT_BACK): State.OPEN,
    (State.TAKEN, Action.CANCEL): State.ENDED,
    (State.TAKEN, Action.CLOSE): State.ENDED,
}


class Attention(StrEnum):
    """Why a coordinator should look at a request."""

    ESCALATED = "escalated"  # nobody was found, or the resident does not answer an offer
    HANDED_BACK = "handed_back"  # on the last day
    NOBODY_CAME = "nobody_came"
    DISAGREED = "disagreed"  # the two sides say different things about how it went
    SILENT = "silent"
    UNREACHABLE = "unreachable"
