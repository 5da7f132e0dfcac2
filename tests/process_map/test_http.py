"""A table is understood over HTTP, and a map comes back as one."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.support.company import a_company


def test_a_table_is_understood_comes_onto_the_map_and_goes_out_again(tmp_path: Path) -> None:
    with a_company(tmp_path) as company:
        member, observer, map_id = company.join(), company.join("observer"), str(uuid4())
        company.do({"type": "process_map.add_map", "map_id": map_id, "title": "Triage / dose"}, member)
        path = f"/api/rooms/{company.room_id}/process_map"
        table = {"text": "Step,Wait,Colour\nTriage,20,red\nFirst dose,1.5 h,\n"}
        found: Any = company.call("POST", f"{path}/understand", table, cookie=member.cookie).json()
        assert [trouble["code"] for trouble in found.pop("troubles")] == ["heading_unknown"]
        company.do({"type": "process_map.import_steps", "map_id": map_id, **found}, member)
        (totals,) = company.snapshot(observer)["rows"]["map_totals"]
        assert (totals["lead"], totals["wait"]) == (110, 110)
        file = company.call("GET", f"{path}/{map_id}.csv", cookie=observer.cookie)
        assert "triage-dose.csv" in file.headers["content-disposition"]
        assert "1.5 hours" in file.content.decode("utf-8-sig")
        assert company.ask("POST", f"{path}/understand", table, cookie=observer.cookie).status_code == 403
        assert (
            company.ask("POST", f"{path}/understand", {"text": "x" * 60_001}, cookie=member.cookie).status_code == 422
        )
        assert company.ask("GET", f"{path}/{uuid4()}.csv", cookie=member.cookie).status_code == 404
        assert company.ask("GET", f"{path}/{map_id}.csv").status_code == 401
