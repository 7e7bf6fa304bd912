"""The AWS SDK for Python, as Debian packages it, against Patchway: what its users do, call by call.

Reads the environment: PATCHWAY, the keys that every AWS client reads, and those of a viewer.
"""

import datetime
import json
import os
import pathlib
import re
import unittest
import urllib.request
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

SAMPLE = json.loads(pathlib.Path(__file__).with_name("update-patch-baseline.json").read_text())
SECURITY = {
    "PatchRules": [
        {
            "PatchFilterGroup": {"PatchFilters": [{"Key": "CLASSIFICATION", "Values": ["Security"]}]},
            "ApproveAfterDays": 0,
        }
    ]
}
SECURITY_AND_BUGS = json.loads(json.dumps(SECURITY).replace('["Security"]', '["Security", "Bugfix"]'))


def connect(**key):
    # The service is to find what is wrong, not the client.
    config = Config(parameter_validation=False, retries={"max_attempts": 1})
    return boto3.client("ssm", endpoint_url=os.environ["PATCHWAY"], config=config, **key)


ssm = connect()


def answer(response):
    """What the service answered, without what the client adds to it."""
    assert re.fullmatch("[0-9a-f-]{36}", response.pop("ResponseMetadata")["RequestId"])
    return response


class Baselines(unittest.TestCase):
    def setUp(self):
        self.id = ssm.create_patch_baseline(
            Name="my-Windows-Server-patch-baseline",
            Description="Baseline containing all updates approved for production systems",
            OperatingSystem="WINDOWS",
            RejectedPatches=["KB2032276"],
        )["BaselineId"]
        self.addCleanup(lambda: ssm.delete_patch_baseline(BaselineId=self.id))

    def test_an_update_is_answered_as_the_documentation_shows(self):
        created = ssm.get_patch_baseline(BaselineId=self.id)["CreatedDate"]
        updated = answer(
            ssm.update_patch_baseline(**{**SAMPLE["request"], "BaselineId": self.id}, RejectedPatches=[])
        )
        self.assertRegex(self.id, "^pb-[0-9a-f]{17}$")
        self.assertEqual(created, updated["CreatedDate"])
        self.assertIsInstance(created, datetime.datetime)
        self.assertGreater(updated["ModifiedDate"], created)
        own = {name: SAMPLE["response"][name] for name in ("BaselineId", "CreatedDate", "ModifiedDate")}
        self.assertEqual(SAMPLE["response"], {**updated, **own})

        stored = answer(ssm.get_patch_baseline(BaselineId=self.id))
        self.assertEqual([], stored.pop("PatchGroups"))
        self.assertEqual(updated, stored)

    def test_a_replacement_keeps_only_what_it_names(self):
        replaced = ssm.update_patch_baseline(BaselineId=self.id, Name="boto3-replaced", Replace=True)
        self.assertEqual([], replaced["RejectedPatches"])
        self.assertEqual("WINDOWS", replaced["OperatingSystem"])
        self.assertNotIn("Description", replaced)
        with self.assertRaises(ClientError) as refused:
            ssm.update_patch_baseline(BaselineId=self.id, Replace=True)
        self.assertEqual("ValidationException", refused.exception.response["Error"]["Code"])

    def test_a_create_call_that_is_repeated_creates_one_baseline(self):
        first = ssm.create_patch_baseline(Name="boto3-once", ClientToken="boto3-token")["BaselineId"]
        self.assertEqual(first, ssm.create_patch_baseline(Name="boto3-once", ClientToken="boto3-token")["BaselineId"])
        with self.assertRaises(ssm.exceptions.IdempotentParameterMismatch):
            ssm.create_patch_baseline(Name="boto3-twice", ClientToken="boto3-token")

    def test_lists_are_read_page_by_page(self):
        pages = ssm.get_paginator("describe_patch_baselines").paginate(PaginationConfig={"PageSize": 7})
        identities = [identity for page in pages for identity in page["BaselineIdentities"]]
        self.assertIn(self.id, [identity["BaselineId"] for identity in identities])
        predefined = [each for each in identities if re.match("^AWS-[0-9A-Za-z]+PatchBaseline$", each["BaselineName"])]
        systems = [each["OperatingSystem"] for each in predefined]
        self.assertGreater(len(systems), 12)
        self.assertEqual(len(systems), len(set(systems)))
        self.assertTrue(all(each["DefaultBaseline"] for each in predefined if each["OperatingSystem"] == "SUSE"))

    def test_a_patch_group_has_one_baseline_for_each_operating_system(self):
        debian = ssm.create_patch_baseline(Name="boto3-debian", OperatingSystem="DEBIAN")["BaselineId"]
        other = ssm.create_patch_baseline(Name="boto3-other", OperatingSystem="DEBIAN")["BaselineId"]
        for baseline in (self.id, debian):
            ssm.register_patch_baseline_for_patch_group(BaselineId=baseline, PatchGroup="boto3 web")
            self.addCleanup(
                ssm.deregister_patch_baseline_for_patch_group, BaselineId=baseline, PatchGroup="boto3 web"
            )
        with self.assertRaises(ssm.exceptions.AlreadyExistsException):
            ssm.register_patch_baseline_for_patch_group(BaselineId=other, PatchGroup="boto3 web")
        found = ssm.get_patch_baseline_for_patch_group(PatchGroup="boto3 web", OperatingSystem="DEBIAN")
        self.assertEqual(debian, found["BaselineId"])
        self.assertEqual(["boto3 web"], ssm.get_patch_baseline(BaselineId=debian)["PatchGroups"])
        with self.assertRaises(ssm.exceptions.ResourceInUseException):
            ssm.delete_patch_baseline(BaselineId=debian)

    def test_a_default_is_set_and_given_back(self):
        system = "AMAZON_LINUX_2022"
        own = ssm.create_patch_baseline(Name="boto3-default", OperatingSystem=system)["BaselineId"]
        predefined = ssm.get_default_patch_baseline(OperatingSystem=system)["BaselineId"]
        ssm.register_default_patch_baseline(BaselineId=own)
        self.assertEqual(own, ssm.get_default_patch_baseline(OperatingSystem=system)["BaselineId"])
        with self.assertRaises(ssm.exceptions.ResourceInUseException):
            ssm.delete_patch_baseline(BaselineId=own)
        ssm.register_default_patch_baseline(BaselineId=predefined)
        self.assertEqual(predefined, ssm.get_default_patch_baseline(OperatingSystem=system)["BaselineId"])
        ssm.delete_patch_baseline(BaselineId=own)

    def test_tags_come_and_go(self):
        resource = {"ResourceType": "PatchBaseline", "ResourceId": self.id}
        ssm.add_tags_to_resource(**resource, Tags=[{"Key": "team", "Value": "web"}, {"Key": "empty", "Value": ""}])
        ssm.remove_tags_from_resource(**resource, TagKeys=["empty"])
        self.assertEqual([{"Key": "team", "Value": "web"}], ssm.list_tags_for_resource(**resource)["TagList"])


class Windows(unittest.TestCase):
    def test_a_window_is_planned_and_taken_apart(self):
        window = ssm.create_maintenance_window(
            Name="boto3-window",
            Schedule="rate(7 days)",
            Duration=4,
            Cutoff=1,
            AllowUnassociatedTargets=False,
        )["WindowId"]
        target = ssm.register_target_with_maintenance_window(
            WindowId=window,
            ResourceType="INSTANCE",
            Targets=[{"Key": "tag:Patch Group", "Values": ["boto3-nobody"]}],
            OwnerInformation="web team",
        )["WindowTargetId"]
        task = ssm.register_task_with_maintenance_window(
            WindowId=window,
            Targets=[{"Key": "WindowTargetIds", "Values": [target]}],
            TaskArn="AWS-RunPatchBaseline",
            TaskType="RUN_COMMAND",
            MaxConcurrency="2",
            MaxErrors="0",
            TaskInvocationParameters={"RunCommand": {"Parameters": {"Operation": ["Install"]}}},
        )["WindowTaskId"]
        self.assertIsInstance(ssm.get_maintenance_window(WindowId=window)["CreatedDate"], datetime.datetime)
        schedule = ssm.describe_maintenance_window_schedule(WindowId=window, MaxResults=2)
        self.assertEqual(2, len(schedule["ScheduledWindowExecutions"]))
        targets = ssm.get_paginator("describe_maintenance_window_targets").paginate(WindowId=window)
        self.assertEqual(["web team"], [each["OwnerInformation"] for each in targets.build_full_result()["Targets"]])
        stored = ssm.get_maintenance_window_task(WindowId=window, WindowTaskId=task)
        self.assertEqual(
            {"Operation": ["Install"]}, stored["TaskInvocationParameters"]["RunCommand"]["Parameters"]
        )
        with self.assertRaises(ssm.exceptions.TargetInUseException):
            ssm.deregister_target_from_maintenance_window(WindowId=window, WindowTargetId=target, Safe=True)
        ssm.update_maintenance_window(WindowId=window, Enabled=False)
        self.assertFalse(ssm.get_maintenance_window(WindowId=window)["Enabled"])
        ssm.deregister_task_from_maintenance_window(WindowId=window, WindowTaskId=task)
        ssm.deregister_target_from_maintenance_window(WindowId=window, WindowTargetId=target, Safe=True)
        ssm.delete_maintenance_window(WindowId=window)
        with self.assertRaises(ssm.exceptions.DoesNotExistException):
            ssm.get_maintenance_window(WindowId=window)


class Commands(unittest.TestCase):
    def test_a_server_is_scanned_and_patched_as_its_baseline_says(self):
        nodes = ssm.get_paginator("describe_instance_information").paginate(PaginationConfig={"PageSize": 5})
        node = next(
            each["InstanceId"]
            for page in nodes
            for each in page["InstanceInformationList"]
            if each["Name"] == "boto3"
        )
        baseline = ssm.create_patch_baseline(
            Name="boto3-rocky", OperatingSystem="ROCKY_LINUX", ApprovalRules=SECURITY
        )["BaselineId"]
        ssm.register_patch_baseline_for_patch_group(BaselineId=baseline, PatchGroup="boto3-rocky")
        ssm.add_tags_to_resource(
            ResourceType="ManagedInstance", ResourceId=node, Tags=[{"Key": "PatchGroup", "Value": "boto3-rocky"}]
        )
        security = {"curl.x86_64", "libwebp.x86_64", "sudo.x86_64"}

        self.run_baseline(node, Operation=["Scan"])
        self.assertEqual(security, self.patches(node, "MISSING"))
        state = ssm.describe_instance_patch_states(InstanceIds=[node])["InstancePatchStates"][0]
        self.assertEqual((baseline, "Scan", 3), (state["BaselineId"], state["Operation"], state["MissingCount"]))
        group = ssm.describe_patch_group_state(PatchGroup="boto3-rocky")
        self.assertEqual((1, 1), (group["Instances"], group["InstancesWithMissingPatches"]))
        self.assertEqual(3, state["SecurityNonCompliantCount"])
        self.assertEqual("NON_COMPLIANT", self.compliance(node))
        items = ssm.list_compliance_items(ResourceIds=[node], ResourceTypes=["ManagedInstance"])["ComplianceItems"]
        self.assertEqual(3, sum(item["Status"] == "NON_COMPLIANT" for item in items))
        summaries = ssm.list_compliance_summaries()["ComplianceSummaryItems"]
        self.assertIn("Patch", [each["ComplianceType"] for each in summaries])
        self.assertEqual(security, self.effective(baseline, "APPROVED"))

        ssm.update_patch_baseline(BaselineId=baseline, ApprovalRules=SECURITY_AND_BUGS)
        self.run_baseline(node, Operation=["Install"], RebootOption=["RebootIfNeeded"])
        self.assertEqual(security | {"nss.x86_64", "tzdata.x86_64"}, self.patches(node, "INSTALLED"))
        self.assertEqual(set(), self.patches(node, "MISSING"))
        self.assertEqual("COMPLIANT", self.compliance(node))
        snapshot = ssm.get_deployable_patch_snapshot_for_instance(InstanceId=node, SnapshotId=str(uuid.uuid4()))
        with urllib.request.urlopen(snapshot["SnapshotDownloadUrl"]) as download:
            self.assertEqual(baseline, json.load(download)["BaselineId"])

    def test_what_can_be_run_is_described(self):
        documents = ssm.get_paginator("list_documents").paginate().build_full_result()["DocumentIdentifiers"]
        self.assertIn("AWS-RunPatchBaseline", [document["Name"] for document in documents])
        parameters = ssm.describe_document(Name="AWS-RunPatchBaseline")["Document"]["Parameters"]
        self.assertLessEqual({"Operation", "RebootOption", "SnapshotId"}, {each["Name"] for each in parameters})

    def effective(self, baseline, status):
        pages = ssm.get_paginator("describe_effective_patches_for_patch_baseline").paginate(BaselineId=baseline)
        return {
            "{Name}.{Arch}".format(**each["Patch"])
            for page in pages
            for each in page["EffectivePatches"]
            if each["PatchStatus"]["DeploymentStatus"] == status
        }

    def run_baseline(self, node, **parameters):
        command = ssm.send_command(
            InstanceIds=[node], DocumentName="AWS-RunPatchBaseline", Parameters=parameters, Comment="boto3"
        )["Command"]
        self.assertIsInstance(command["RequestedDateTime"], datetime.datetime)
        invocation = {"CommandId": command["CommandId"], "InstanceId": node}
        ssm.get_waiter("command_executed").wait(**invocation, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        self.assertEqual(0, ssm.get_command_invocation(**invocation)["ResponseCode"])
        listed = ssm.list_command_invocations(CommandId=command["CommandId"], Details=True)["CommandInvocations"]
        self.assertEqual([(node, "Success")], [(each["InstanceId"], each["Status"]) for each in listed])
        self.assertEqual("boto3", ssm.list_commands(CommandId=command["CommandId"])["Commands"][0]["Comment"])

    def patches(self, node, state):
        pages = ssm.get_paginator("describe_instance_patches").paginate(
            InstanceId=node, PaginationConfig={"PageSize": 10}
        )
        return {patch["KBId"] for page in pages for patch in page["Patches"] if patch["State"] == state}

    def compliance(self, node):
        pages = ssm.get_paginator("list_resource_compliance_summaries").paginate()
        return next(
            each["Status"]
            for page in pages
            for each in page["ResourceComplianceSummaryItems"]
            if each["ResourceId"] == node and each["ComplianceType"] == "Patch"
        )


class Refusals(unittest.TestCase):
    def code(self, call):
        with self.assertRaises(ClientError) as refused:
            call()
        self.assertRegex(refused.exception.response["ResponseMetadata"]["RequestId"], "^[0-9a-f-]{36}$")
        return refused.exception.response["Error"]["Code"]

    def test_each_error_is_the_exception_of_its_name(self):
        with self.assertRaises(ssm.exceptions.DoesNotExistException):
            ssm.get_patch_baseline(BaselineId="pb-00000000000000000")
        with self.assertRaises(ssm.exceptions.InvalidInstanceId):
            ssm.describe_instance_patches(InstanceId="mi-00000000000000000")
        with self.assertRaises(ssm.exceptions.InvalidDocument):
            ssm.send_command(InstanceIds=["mi-00000000000000000"], DocumentName="AWS-RunShellScript")

    def test_every_violation_is_told_at_once(self):
        with self.assertRaises(ClientError) as refused:
            ssm.create_patch_baseline(Name="x", OperatingSystem="BEOS", Description="")
        error = refused.exception.response["Error"]
        self.assertEqual("ValidationException", error["Code"])
        self.assertTrue(error["Message"].startswith("4 validation errors detected: "), error["Message"])
        self.assertIn(
            "Value 'x' at 'name' failed to satisfy constraint:"
            " Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.]{3,128}$",
            error["Message"],
        )

    def test_a_viewer_looks_and_changes_nothing(self):
        viewer = connect(
            aws_access_key_id=os.environ["VIEWER_KEY_ID"], aws_secret_access_key=os.environ["VIEWER_SECRET"]
        )
        self.assertTrue(viewer.describe_patch_baselines()["BaselineIdentities"])
        self.assertEqual("AccessDeniedException", self.code(lambda: viewer.create_patch_baseline(Name="viewer")))

    def test_a_wrong_secret_is_a_wrong_signature(self):
        stranger = connect(
            aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"], aws_secret_access_key="guessed"
        )
        self.assertEqual("InvalidSignatureException", self.code(stranger.describe_patch_baselines))


if __name__ == "__main__":
    unittest.main(warnings="ignore")
