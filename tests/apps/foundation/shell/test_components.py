"""The components say in words what they show in pictures."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template


def draw(source: str, **context: object) -> str:
    return Template("{% load shell %}" + source).render(Context(context))


class Form(forms.Form):
    name = forms.CharField(
        label="名称", help_text="与文件一致。", error_messages={"required": "请填写名称。"}
    )
    agree = forms.BooleanField(label="同意", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_the_title_is_the_heading_too() -> None:
    html = Template('{% extends "shell/base.html" %}{% block title %}甲 & 乙{% endblock %}').render(Context())
    assert "<title>甲 & 乙 · 有据</title>" in html
    assert "<h1>甲 & 乙</h1>" in html


def test_a_severity_is_word_and_sign() -> None:
    html = draw('{% severity "error" 1234 %}')
    assert "错误" in html
    assert "<b>1,234</b>" in html
    assert 'aria-hidden="true">!</span>' in html


@pytest.mark.parametrize("tag", ['{% badge text %}', '{% diff text "x" %}', '{% stat text 1 %}', '{% help_tip text %}',
                                 '{% crumbs text "/" "x" %}', '{% empty_state text %}', '{% seal text %}',
                                 '{% progress 1 2 text %}', '{% stepper 1 text %}', '{% tabs "/" text "/" %}'])  # fmt: skip
def test_text_is_escaped(tag: str) -> None:
    html = draw(tag, text="<i>&")
    assert "<i>" not in html


def test_a_refused_field_names_its_error_and_the_summary_leads_to_it() -> None:
    form = Form({"name": ""})
    html = draw("{% form_errors form %}{% field form.name %}", form=form)
    assert '<a href="#id_name">名称：请填写名称。</a>' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext' in html
    assert 'id="id_name_error"' in html


def test_a_hidden_field_has_no_label_and_a_form_without_errors_no_summary() -> None:
    assert "<label" not in draw("{% field form.secret %}", form=Form())
    assert draw("{% form_errors form %}", form=Form({"name": "x"})).strip() == ""


def test_errors_of_the_whole_form_stand_in_the_summary_without_a_link() -> None:
    form = Form({"name": "x"})
    form.add_error(None, "用户名或密码不正确。")
    assert "<li>用户名或密码不正确。</li>" in draw("{% form_errors form %}", form=form)


def test_a_change_is_said_in_words() -> None:
    html = draw('{% diff "旧" "新" %}')
    assert '<del><span class="unseen">原值 </span>旧</del>' in html
    assert '<ins><span class="unseen">新值 </span>新</ins>' in html
    assert draw("{% diff 1 1 %}") == "1"
    assert draw("{% diff None None %}") == "—"


def test_the_step_in_hand_is_marked() -> None:
    html = draw('{% stepper 2 "上传" "核对" "确认" %}')
    assert html.count('aria-current="step"') == 1
    assert 'class="step step-done"' in html
    assert "（已完成）" in html


def test_the_present_tab_is_marked() -> None:
    assert draw('{% tabs "/b" "甲" "/a" "乙" "/b" %}').count('aria-current="page"') == 1


def test_a_chart_has_its_table_one_click_away() -> None:
    html = draw(
        "{% chart svg '预算' heads rows %}", svg="<svg></svg>", heads=["项目", "数"], rows=[["甲", "1234.50"]]
    )
    assert "<svg></svg>" in html
    assert "<details" in html
    assert "1,234.50" in html


def test_findings_lead_to_their_rule_and_place() -> None:
    finding = {
        "rule": "TGT-001",
        "severity": "error",
        "message": "不等",
        "suggestion": "改",
        "place": "第 1 行",
        "href": "#r1",
    }
    html = draw("{% findings items %}", items=[finding])
    assert 'href="/reference/rules/TGT-001/"' in html
    assert '<a href="#r1">第 1 行</a>' in html
    assert "没有发现问题。" in draw("{% findings items %}", items=[])


def test_an_unknown_rule_page_leaves_plain_text() -> None:
    html = draw(
        '{% findings items rule_url="nowhere:rule" %}', items=[{"rule": "TGT-001", "severity": "hint"}]
    )
    assert "<a" not in html


def test_a_file_field_works_without_script() -> None:
    class Upload(forms.Form):
        file = forms.FileField(label="文件")

    html = draw("{% dropfile form.file %}", form=Upload())
    assert '<input type="file" name="file"' in html
    assert '<label class="field-label" for="id_file">' in html


@pytest.mark.parametrize(("text", "lines"), [("审定", 2), ("准予备案", 2), ("已审定", 3), ("印", 1)])
def test_the_seal_sets_its_characters_in_a_square(text: str, lines: int) -> None:
    html = draw("{% seal text %}", text=text)
    assert f'aria-label="{text}"' in html
    assert html.count("<span>") == lines
