"""What is true: the rules of the product, without Telegram and without asyncio."""

from models.area import Area, AreaKind, Street
from models.asked import Asked, AskedState, Outcome, Report, Side
from models.base import Base
from models.calendar import Calendar
from models.call import Call, CallKind, CallState
from models.category import Category
from models.event import Event, EventKind
from models.form import FormRow
from models.guard import HistoryDoor
from models.helped import Relation
from models.letter import Letter, LetterState, Priority
from models.lifecycle import Attention, State
from models.moment import Moment, Part
from models.person import Coordinator, Invitation, Person, Role
from models.pin import Pin
from models.place import Place
from models.refused import Reason, Refused
from models.relink import Relink
from models.reminder import Reminder, ReminderKind, ReminderState
from models.request import Request
from models.seen import DeadUpdate, Fact, SeenUpdate
from models.volunteer import Volunteer, VolunteerState

__all__ = [
    "Area",
    "AreaKind",
    "Asked",
    "AskedState",
    "Attention",
    "Base",
    "Calendar",
    "Call",
    "CallKind",
    "CallState",
    "Category",
    "Coordinator",
    "DeadUpdate",
    "Event",
    "EventKind",
    "Fact",
    "FormRow",
    "HistoryDoor",
    "Invitation",
    "Letter",
    "LetterState",
    "Moment",
    "Outcome",
    "Part",
    "Person",
    "Pin",
    "Place",
    "Priority",
    "Reason",
    "Refused",
    "Relation",
    "Relink",
    "Reminder",
    "ReminderKind",
    "ReminderState",
    "Report",
    "Request",
    "Role",
    "SeenUpdate",
    "Side",
    "State",
    "Street",
    "Volunteer",
    "VolunteerState",
]
