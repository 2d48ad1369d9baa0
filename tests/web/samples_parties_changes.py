"""Sample arguments for the addresses of the parties room."""

from __future__ import annotations

from trade_made_changes import market, party, tenancy
from web.samples import Arguments, sample
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import ChangeRequest, Merge, Pair, Stall


@sample("parties:change-new", "parties:renew", "api:party_change_request", "api:party_standing")
def filed() -> Arguments:
    with reaching_all():
        return {"party_id": party("走查商行").pk}


@sample("parties:standing")
def stepped() -> Arguments:
    with reaching_all():
        return {"party_id": party("走查暂停").pk, "step": "suspend"}


@sample("parties:change", "parties:change-step")
def changed() -> Arguments:
    with reaching_all():
        row = ChangeRequest.objects.create(
            party=party("走查变更"),
            party_revision=1,
            before={"address": ""},
            after={"address": "三号楼"},
            reason="搬家",
            requested_by="walk",
        )
        return {"number": row.pk}


@sample("parties:duplicate-distinct")
def paired() -> Arguments:
    with reaching_all():
        return {"number": Pair.objects.create(left=party("走查甲"), right=party("走查乙")).pk}


@sample("parties:merge-one")
def merged() -> Arguments:
    with reaching_all():
        moved = {"rows": {}, "kept_before": {"revision": 0}, "merged_revision": 1}
        row = Merge.objects.create(
            kept=party("走查丙"), merged=party("走查丁"), moved=moved, reason="重复", merged_by="walk"
        )
        return {"number": row.pk}


@sample("parties:market", "parties:market-edit", "parties:stalls", "parties:stall-new", "api:party_stalls")
def market_of_walk() -> Arguments:
    with reaching_all():
        return {"number": market("WALK", stalls=3).pk}


@sample("parties:stall", "parties:stall-drop", "parties:stall-edit", "parties:stall-let")
def stall_of_walk() -> Arguments:
    with reaching_all():
        market("WALK2", stalls=1)
        return {"number": Stall.objects.filter(market__code="WALK2")[0].pk}


@sample("parties:tenancy-end")
def tenancy_of_walk() -> Arguments:
    with reaching_all():
        market("WALK3", stalls=1)
        return {"number": tenancy(party("走查戊"), Stall.objects.filter(market__code="WALK3")[0]).pk}


@sample("api:party_change_step")
def change_to_approve() -> Arguments:
    return {**changed(), "transition": "approve"}
