"""What people and the clock do with events. Each is keyword-only, one transaction, checked, logged and audited."""

from youju.office.events.services.batches import (
    AttendanceRow,
    remove_attendance,
    remove_events,
    store_attendance,
    store_events,
)
from youju.office.events.services.certifying import (
    ApplicationWish,
    add_application,
    add_certificate,
    hand_out_certificate,
    move_application,
)
from youju.office.events.services.costs import CostWish, add_cost, remove_cost
from youju.office.events.services.deals import (
    DealWish,
    add_proof,
    decide_deal,
    declare_deal,
    hand_out_proof,
)
from youju.office.events.services.files import (
    ROLES,
    add_file,
    hand_out_file,
    hand_out_summary,
    request_summary,
)
from youju.office.events.services.planning import EventWish, change_event, plan_event
from youju.office.events.services.refusing import EventRefusedError
from youju.office.events.services.reminding import remind
from youju.office.events.services.sealed import reseal_contacts
from youju.office.events.services.sessions import (
    SessionWish,
    add_session,
    check_in,
    expect_people,
    expect_signed_up,
    mark_present,
)
from youju.office.events.services.signing_up import (
    SignupWish,
    decide_signup,
    place_booth,
    sign_up,
    write_down,
)
from youju.office.events.services.standing import register_standing
from youju.office.events.services.stepping import take_step
from youju.office.events.services.winning import (
    ProspectWish,
    add_prospect,
    move_prospect,
    unmask_prospect,
    unmask_signup,
)

__all__ = [
    "ROLES",
    "ApplicationWish",
    "AttendanceRow",
    "CostWish",
    "DealWish",
    "EventRefusedError",
    "EventWish",
    "ProspectWish",
    "SessionWish",
    "SignupWish",
    "add_application",
    "add_certificate",
    "add_cost",
    "add_file",
    "add_proof",
    "add_prospect",
    "add_session",
    "change_event",
    "check_in",
    "decide_deal",
    "decide_signup",
    "declare_deal",
    "expect_people",
    "expect_signed_up",
    "hand_out_certificate",
    "hand_out_file",
    "hand_out_proof",
    "hand_out_summary",
    "mark_present",
    "move_application",
    "move_prospect",
    "place_booth",
    "plan_event",
    "register_standing",
    "remind",
    "remove_attendance",
    "remove_cost",
    "remove_events",
    "request_summary",
    "reseal_contacts",
    "sign_up",
    "store_attendance",
    "store_events",
    "take_step",
    "unmask_prospect",
    "unmask_signup",
    "write_down",
]
