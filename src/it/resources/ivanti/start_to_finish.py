"""The documented way from a machine group to patched machines, with requests and Basic, as scripts do it.

Arguments: base address, user, password, machine names. Prints what it saw as one JSON document.
"""

import json
import sys
import time

import requests

base, user, password = sys.argv[1:4]
names = sys.argv[4:]
session = requests.Session()
session.auth = (user, password)
session.headers["Content-Type"] = "application/json"


def call(method, url, body=None):
    answer = session.request(
        method, url if url.startswith("http") else base + url, data=None if body is None else json.dumps(body)
    )
    answer.raise_for_status()
    return answer


def every(url):
    """All rows of a list, page by page."""
    while url:
        page = call("GET", url).json()
        yield from page["value"]
        url = page.get("links", {}).get("next", {}).get("href")


def wait(operation):
    while call("GET", operation).json()["status"] == "Running":
        time.sleep(1)
    return call("GET", operation).json()


def scan(name, template, group):
    started = call(
        "POST", "patch/scans", {"Name": name, "TemplateId": template, "MachineGroupIds": [str(group)]}
    )
    operation = wait(started.headers["Operation-Location"])
    result = call("GET", operation["resourceLocation"]).json()
    machines = {}
    for machine in every(result["links"]["machines"]["href"]):
        rows = list(every(machine["links"]["patches"]["href"]))
        machines[machine["serverId"]] = {
            "error": machine.get("errorDescription"),
            "missingCount": machine["missingPatchCount"],
            "installedCount": machine["installedPatchCount"],
            "missing": sorted(
                row["packageName"] + "=" + row["packageVersion"] for row in rows if row["scanState"] == "MissingPatch"
            ),
            "installed": sorted(
                row["packageName"] + "=" + row["packageVersion"] for row in rows if row["scanState"] == "FoundPatch"
            ),
        }
    return result, machines


group = call(
    "POST",
    "machinegroups",
    {
        "name": "Script",
        "discoveryFilters": [{"category": "MachineName", "name": name, "isExcluded": "False"} for name in names],
    },
).json()
template = call(
    "POST",
    "patch/scanTemplates",
    {
        "name": "Script",
        "patchFilter": {
            "patchPropertyFilter": {"securityPatchSeverities": "All", "nonSecurityPatchSeverities": ["All"]}
        },
    },
).json()
picked = next(each for each in every("patch/scantemplates?count=2") if each["name"] == "Script")
assert picked["id"] == template["id"]
standard = next(each for each in every("patch/deploytemplates") if each["name"] == "Standard")

first, before = scan("before", picked["id"], group["id"])
deployed = call("POST", "patch/deployments", {"ScanId": first["id"], "TemplateId": standard["id"]})
location = deployed.headers["Location"]
operation = call("GET", deployed.headers["Operation-Location"]).json()
while operation["status"] == "Running" and operation["operation"] == "PatchDownload":
    operation = call("GET", deployed.headers["Operation-Location"]).json()
states = {}
while not states or any(state not in ("Complete", "Failed") for state in states.values()):
    time.sleep(1)
    states = {row["name"]: row["overallState"] for row in every(location + "/machines")}
wait(deployed.headers["Operation-Location"])
patches = {
    row["name"]: sorted({state["status"] for state in row["patchStates"]}) for row in every(location + "/machines")
}
_, after = scan("after", picked["id"], group["id"])

for url in (first["links"]["self"], template["links"]["self"], group["links"]["self"]):
    call("DELETE", url["href"])
print(json.dumps({"before": before, "states": states, "patches": patches, "after": after}))
