"""The examples in deploy/ know this version: its figures, its verbs, what its proxies have to pass."""

import json
import re
from pathlib import Path

import pytest

from tests.support.server import ROOT
from tests.test_docs import FIGURES, VERBS

DEPLOY = ROOT / "deploy"


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_on_the_dashboard(figure: str) -> None:
    panels = json.loads((DEPLOY / "grafana.json").read_text())["panels"]
    asked = " ".join(target["expr"] for panel in panels for target in panel["targets"])
    assert re.search(rf"\b{figure}(_total)?\{{", asked)


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda unit: unit.name)
def test_services_call_verbs_that_are_there(unit: Path) -> None:
    text = unit.read_text()
    called = re.findall(r"^ExecStart=\S+/bigroom ([a-z ]+)", text, flags=re.MULTILINE)
    assert called
    assert {tuple(verb.split()) for verb in called} <= set(VERBS)


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_keep_the_figures_from_the_world_and_hold_no_stream_back(name: str) -> None:
    text = (DEPLOY / name).read_text()
    assert "/metrics" in text
    assert re.search(r"proxy_buffering off|flush_interval -1", text)
