import pytest
from datetime import date
pytestmark = pytest.mark.django_db
def test_it(capsys):
    import time
    from youju.foundation.kernel.context import reaching_all
    from youju.foundation.identity import demo as people
    from youju.trade.parties.demo import loading
    from youju.trade.parties.demo.planning import Plan
    people.load()
    t=time.time()
    assert loading.load(plan=Plan(date(2026,11,25)))
    with capsys.disabled(): print("load", time.time()-t)
    from youju.trade.parties.models import Party, Agreement, Tenancy
    assert Party.objects.count()==0
    with reaching_all():
        assert Party.objects.count()==762
        print(Agreement.objects.count(), Tenancy.objects.count())
        assert not loading.load(plan=Plan(date(2026,11,25)))
