"""Which kinds of event may be told of as one: a killing in one report is a shooting in another."""

from __future__ import annotations

__all__ = ["FAMILIES", "OFTEN", "ONCE", "are_near"]

#: Kinds that reports use of one and the same event. A kind may be in several; one that is in none
#: is near to itself only.
FAMILIES: tuple[frozenset[str], ...] = tuple(
    frozenset(kinds.split(", "))
    for kinds in (
        "killing, shooting, massacre, execution, death, attack, bombing, shelling, airstrike, "
        "explosion, genocide, ethnic cleansing, crime against humanity, war crime, suicide",
        "war, invasion, occupation, battle, siege, attack",
        "arrest, detention, abduction, disappearance, enforced disappearance",
        "torture, abuse, interrogation, rights violation, sexual violence",
        "trial, hearing, lawsuit, charge, plea",
        "conviction, sentence, ruling, acquittal, appeal",
        "protest, riot, strike",
        "meeting, conference, visit, negotiation, agreement",
        "resignation, dismissal",
        "appointment, election, vote",
        "coup, revolution",
        "displacement, flight, evacuation, ethnic cleansing",
        "fire, explosion, accident, destruction, disaster",
        "earthquake, flood, storm, landslide, disaster",
        "speech, publication, broadcast, recording",
        "burial, exhumation",
        "theft, corruption",
    )
)

#: What happens to a person once.
ONCE = frozenset({"killing", "execution", "death", "suicide", "birth"})

#: What happens to several people of a place on one day, one by one: kind, place and day are not
#: enough to say that two reports tell of the same.
OFTEN = frozenset(
    "killing, execution, death, suicide, birth, marriage, burial, injury, torture, abuse, "
    "sexual violence, rights violation, abduction, disappearance, enforced disappearance, arrest, "
    "detention, interrogation, search, surveillance, release, investigation, lawsuit, charge, "
    "hearing, trial, plea, conviction, acquittal, sentence, ruling, appeal, extradition, pardon, "
    "compensation, appointment, resignation, dismissal, meeting, visit, negotiation, agreement, "
    "sanction, law, ban, corruption, award, recording, publication, broadcast, speech, theft, "
    "accident, fire, rescue, flight, shooting, airstrike, shelling, deployment, withdrawal, "
    "vote, founding, dissolution, conference, destruction, cover-up, exhumation, surrender".split(
        ", "
    )
)


def are_near(one: str, other: str) -> bool:
    """Whether two kinds may be told of one event.

    >>> are_near("killing", "shooting"), are_near("killing", "election")
    (True, False)
    """
    return one == other or any(one in family and other in family for family in FAMILIES)
