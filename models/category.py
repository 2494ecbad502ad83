"""What kinds of help there are, how long each may wait and how long it lasts."""

from enum import StrEnum


class Category(StrEnum):
    """What kind of help. `DAYS` and `MINUTES` below say how long each may wait and lasts."""

    GROCERIES = "groceries"
    PHARMACY = "pharmacy"
    TRANSPORT = "transport"
    CHORE = "chore"
    GARDEN = "garden"
    COMPANY = "company"
    DIGITAL = "digital"
    PAPERS = "papers"
    PETS = "pets"
    OTHER = "other"


# A request without a day must have a helper within so many days.
DAYS = dict.fromkeys(Category, 5) | {
    Category.GROCERIES: 2,
    Category.PHARMACY: 1,
    Category.PETS: 2,
    Category.CHORE: 7,
    Category.COMPANY: 7,
    Category.GARDEN: 10,
}
# An appointment is taken to last so many minutes: after that both are asked how it went.
MINUTES = dict.fromkeys(Category, 60) | {Category.GROCERIES: 90, Category.TRANSPORT: 120, Category.GARDEN: 120}
