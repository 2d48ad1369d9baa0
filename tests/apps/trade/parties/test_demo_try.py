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
def test_two(capsys):
    import time
    from youju.foundation.kernel.context import reaching_all
    from youju.foundation.identity import demo as people
    from youju.trade.parties.demo import loading
    from youju.trade.goods.demo import loading as goods
    from youju.trade.parties.demo.planning import Plan
    people.load()
    t=time.time()
    p=Plan(date(2026,11,25))
    import cProfile,pstats
    pr=cProfile.Profile(); pr.enable()
    assert loading.load(plan=p)
    pr.disable()
    with capsys.disabled(): print("load", time.time()-t); pstats.Stats(pr).sort_stats('tottime').print_stats(18)
    t=time.time()
    assert goods.load(plan=p)
    with capsys.disabled(): print("goods", time.time()-t)
    assert not goods.load(plan=p)
    from youju.trade.goods.models import Good, Element
    assert Good.objects.count()==1500
    g=Good.objects.filter(party__name="示例箱包商户")
    with capsys.disabled(): print(len(g), g[0].__dict__)
