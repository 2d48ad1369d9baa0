"""How many were handed out on each channel, and how many came back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from youju.office.surveys.models import Channel, Envelope, Survey
from youju.rules.office.surveys.channels import PAPER
from youju.rules.office.surveys.lifecycle import CLOSED


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """A channel with its sheets that came back."""

    channel: Channel
    answered: int

    @property
    def silent(self) -> int:
        """Handed out and not answered."""
        return max(0, self.channel.handed_out - self.answered)


@dataclass(frozen=True, slots=True)
class Standing:
    """All channels of a survey."""

    channels: tuple[ChannelStanding, ...]

    @property
    def handed_out(self) -> int:
        """On all channels."""
        return sum(each.channel.handed_out for each in self.channels)

    @property
    def answered(self) -> int:
        """On all channels."""
        return sum(each.answered for each in self.channels)

    @property
    def silent(self) -> int:
        """On all channels."""
        return sum(each.silent for each in self.channels)


def standing_of(row: Survey) -> Standing:
    """The channels of a survey. Two queries at most."""
    if row.state == CLOSED:
        return Standing(tuple(ChannelStanding(each, each.answered) for each in row.channels.all()))
    channels = list(row.channels.annotate(used=Count("tokens", filter=Q(tokens__used=True))))
    # Envelopes do not say their channel: paper ones carry their import's number, and a survey has one channel for paper.
    paper = 0
    if any(each.kind == PAPER for each in channels):
        paper = Envelope.objects.filter(survey=row).exclude(batch="").count()
    return Standing(
        tuple(ChannelStanding(each, paper if each.kind == PAPER else each.used) for each in channels)
    )
