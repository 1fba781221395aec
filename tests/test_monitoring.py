"""The dashboard and the alerts ask for what /metrics shows, and nothing that it shows is left out of both."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.gauges import OrdersByStage
from bot.process.condition import Conditions
from tests.builders import NOW, open_database
from tests.fakes import ManualClock
from tests.test_gauges import new_metrics, watch

DEPLOY = Path(__file__).parents[1] / "deploy"
SELECTOR = re.compile(r"(onroute_[a-z0-9_]+)(?:\{([^}]*)\})?")
MATCHER = re.compile(r'(\w+)(=~?)"([^"]*)"')
SEEN_ELSEWHERE = {"onroute_breaker"}  # by onroute_up


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[str]:
    """What /metrics shows of a service that has just been started."""
    metrics, clock, database = new_metrics(), ManualClock(NOW), open_database(tmp_path)
    watch(metrics, clock, Conditions.unknown(clock), database)
    OrdersByStage(metrics, database, clock)
    yield metrics.render().decode()
    database.close()


def of_dashboard() -> list[str]:
    dashboard = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def of_alerts() -> list[str]:
    return re.findall(r"^\s+expr: (.+)$", (DEPLOY / "alerts.yml").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("expression", [*of_dashboard(), *of_alerts()])
def test_each_metric_that_is_asked_for_is_shown_with_the_labels_that_are_named(expression: str, shown: str) -> None:
    selectors = SELECTOR.findall(expression)
    assert selectors
    for name, matchers in selectors:
        lines = [line for line in shown.splitlines() if re.match(rf"{name}[ {{]", line)]
        assert lines, name
        for label, operator, wanted in MATCHER.findall(matchers):
            for value in wanted.split("|") if operator == "=~" else [wanted]:
                assert any(f'{label}="{value}"' in line for line in lines), f"{name}: {label}={value}"


def test_what_is_measured_is_on_the_dashboard_or_has_an_alert(shown: str) -> None:
    asked = {name for expression in (*of_dashboard(), *of_alerts()) for name, _ in SELECTOR.findall(expression)}
    kinds = dict(re.findall(r"^# TYPE (onroute_\w+) (\w+)$", shown, re.MULTILINE))
    measured = {name for name in kinds if not name.endswith("_created")} - SEEN_ELSEWHERE
    assert {name for name in measured if not any(one.startswith(name) for one in asked)} <= {
        "onroute_last_answer_timestamp_seconds"
    }


def test_each_alert_says_what_to_do() -> None:
    text = (DEPLOY / "alerts.yml").read_text(encoding="utf-8")
    alerts = re.split(r"^\s+- alert: ", text, flags=re.MULTILINE)[1:]
    assert len(alerts) == len(of_alerts())
    assert [alert.split()[0] for alert in alerts if "summary: " not in alert or "action: " not in alert] == []
