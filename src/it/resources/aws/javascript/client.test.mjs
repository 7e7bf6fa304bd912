// The AWS SDK for JavaScript against Patchway: what its users do, call by call.
// Reads the environment: PATCHWAY, the keys that every AWS client reads, and those of a viewer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import {
  AlreadyExistsException,
  DoesNotExistException,
  InvalidInstanceId,
  ResourceInUseException,
  SSM,
  TargetInUseException,
  paginateDescribeInstancePatches,
  paginateDescribePatchBaselines,
  waitUntilCommandExecuted,
} from '@aws-sdk/client-ssm';

const sample = JSON.parse(readFileSync(process.env.SAMPLE, 'utf8'));
const connect = (credentials) => new SSM({ endpoint: process.env.PATCHWAY, maxAttempts: 1, credentials });
const ssm = connect();
const rules = (...classifications) => ({
  PatchRules: [
    {
      PatchFilterGroup: { PatchFilters: [{ Key: 'CLASSIFICATION', Values: classifications }] },
      ApproveAfterDays: 0,
    },
  ],
});
const named = (code) => (error) => {
  assert.equal(error.name, code);
  assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
  return true;
};

suite('baselines', () => {
  test('an update is answered as the documentation shows', async () => {
    const { BaselineId } = await ssm.createPatchBaseline({
      Name: sample.response.Name,
      Description: sample.response.Description,
      RejectedPatches: ['KB2032276'],
    });
    const { CreatedDate: created } = await ssm.getPatchBaseline({ BaselineId });
    const { $metadata, ...updated } = await ssm.updatePatchBaseline({
      ...sample.request,
      BaselineId,
      RejectedPatches: [],
    });
    assert.equal($metadata.httpStatusCode, 200);
    assert.ok(created instanceof Date);
    assert.deepEqual(updated.CreatedDate, created);
    assert.ok(updated.ModifiedDate > created);
    const { BaselineId: id, CreatedDate, ModifiedDate } = sample.response;
    assert.deepEqual({ ...updated, BaselineId: id, CreatedDate, ModifiedDate }, sample.response);

    const replaced = await ssm.updatePatchBaseline({ BaselineId, Name: 'javascript-replaced', Replace: true });
    assert.equal(replaced.Description, undefined);
    assert.deepEqual(replaced.CreatedDate, created);
    await assert.rejects(ssm.updatePatchBaseline({ BaselineId, Replace: true }), named('ValidationException'));
    await ssm.deletePatchBaseline({ BaselineId });
    await assert.rejects(ssm.getPatchBaseline({ BaselineId }), DoesNotExistException);
  });

  test('lists are read page by page', async () => {
    const names = [];
    for await (const page of paginateDescribePatchBaselines({ client: ssm, pageSize: 5 }, {})) {
      names.push(...page.BaselineIdentities.map((each) => each.BaselineName));
    }
    assert.ok(names.includes('AWS-UbuntuDefaultPatchBaseline'));
    assert.ok(names.includes('production-linux'), 'what stands in a file is listed too');
  });

  test('patch groups and defaults name a baseline for an operating system', async () => {
    const system = { OperatingSystem: 'ORACLE_LINUX' };
    const [first, second] = await Promise.all(
      ['javascript-first', 'javascript-second'].map((Name) => ssm.createPatchBaseline({ Name, ...system })),
    );
    const PatchGroup = 'javascript/web';
    await ssm.registerPatchBaselineForPatchGroup({ BaselineId: first.BaselineId, PatchGroup });
    await assert.rejects(
      ssm.registerPatchBaselineForPatchGroup({ BaselineId: second.BaselineId, PatchGroup }),
      AlreadyExistsException,
    );
    const found = await ssm.getPatchBaselineForPatchGroup({ PatchGroup, ...system });
    assert.equal(found.BaselineId, first.BaselineId);
    await ssm.deregisterPatchBaselineForPatchGroup({ BaselineId: first.BaselineId, PatchGroup });

    const { BaselineId: predefined } = await ssm.getDefaultPatchBaseline(system);
    await ssm.registerDefaultPatchBaseline({ BaselineId: second.BaselineId });
    assert.equal((await ssm.getPatchBaselineForPatchGroup({ PatchGroup, ...system })).BaselineId, second.BaselineId);
    await assert.rejects(ssm.deletePatchBaseline({ BaselineId: second.BaselineId }), ResourceInUseException);
    await ssm.registerDefaultPatchBaseline({ BaselineId: predefined });
    await ssm.deletePatchBaseline({ BaselineId: second.BaselineId });
  });

  test('tags come and go', async () => {
    const { BaselineId } = await ssm.createPatchBaseline({ Name: 'javascript-tags' });
    const resource = { ResourceType: 'PatchBaseline', ResourceId: BaselineId };
    await ssm.addTagsToResource({ ...resource, Tags: [{ Key: 'team', Value: 'web' }, { Key: 'café', Value: '' }] });
    await ssm.removeTagsFromResource({ ...resource, TagKeys: ['café'] });
    assert.deepEqual((await ssm.listTagsForResource(resource)).TagList, [{ Key: 'team', Value: 'web' }]);
  });
});

test('a window is planned and taken apart', async () => {
  const { WindowId } = await ssm.createMaintenanceWindow({
    Name: 'javascript-window',
    Schedule: 'cron(30 23 ? * TUE#3 *)',
    ScheduleOffset: 2,
    Duration: 2,
    Cutoff: 0,
    AllowUnassociatedTargets: false,
  });
  const { WindowTargetId } = await ssm.registerTargetWithMaintenanceWindow({
    WindowId,
    ResourceType: 'INSTANCE',
    Targets: [{ Key: 'tag:Patch Group', Values: ['javascript-nobody'] }],
  });
  const { WindowTaskId } = await ssm.registerTaskWithMaintenanceWindow({
    WindowId,
    Targets: [{ Key: 'WindowTargetIds', Values: [WindowTargetId] }],
    TaskArn: 'AWS-RunPatchBaseline',
    TaskType: 'RUN_COMMAND',
    MaxConcurrency: '100%',
    MaxErrors: '100%',
    TaskInvocationParameters: { RunCommand: { Parameters: { Operation: ['Scan'] }, TimeoutSeconds: 600 } },
  });
  const window = await ssm.getMaintenanceWindow({ WindowId });
  // The second day after the third Tuesday of a month.
  const next = new Date(window.NextExecutionTime);
  assert.equal(next.getUTCDay(), 4);
  assert.ok(next.getUTCDate() >= 17 && next.getUTCDate() <= 23, window.NextExecutionTime);
  const { Tasks } = await ssm.describeMaintenanceWindowTasks({ WindowId });
  assert.deepEqual(Tasks.map((task) => [task.WindowTaskId, task.Type]), [[WindowTaskId, 'RUN_COMMAND']]);
  await assert.rejects(
    ssm.deregisterTargetFromMaintenanceWindow({ WindowId, WindowTargetId, Safe: true }),
    TargetInUseException,
  );
  await ssm.deleteMaintenanceWindow({ WindowId });
  await assert.rejects(ssm.getMaintenanceWindow({ WindowId }), {
    name: 'DoesNotExistException',
    message: 'Maintenance window ID does not exist',
  });
});

suite('commands', () => {
  test('a server is scanned and patched as its baseline says', async () => {
    const { InstanceInformationList } = await ssm.describeInstanceInformation({ MaxResults: 50 });
    const InstanceId = InstanceInformationList.find((each) => each.Name === 'javascript').InstanceId;
    const { BaselineId } = await ssm.createPatchBaseline({
      Name: 'javascript-rocky',
      OperatingSystem: 'ROCKY_LINUX',
      ApprovalRules: rules('Security'),
      RejectedPatches: ['sudo'],
      RejectedPatchesAction: 'BLOCK',
    });
    await ssm.registerPatchBaselineForPatchGroup({ BaselineId, PatchGroup: 'javascript-rocky' });
    await ssm.addTagsToResource({
      ResourceType: 'ManagedInstance',
      ResourceId: InstanceId,
      Tags: [{ Key: 'Patch Group', Value: 'javascript-rocky' }],
    });

    await run(InstanceId, { Targets: [{ Key: 'tag:Patch Group', Values: ['javascript-rocky'] }] }, 'Scan');
    assert.deepEqual(await patches(InstanceId, 'MISSING'), ['curl.x86_64', 'libwebp.x86_64']);
    assert.deepEqual(await patches(InstanceId, 'INSTALLED_REJECTED'), ['sudo.x86_64']);

    await ssm.updatePatchBaseline({ BaselineId, RejectedPatches: [], ApprovalRules: rules('Security', 'Enhancement') });
    await run(InstanceId, { InstanceIds: [InstanceId] }, 'Install');
    const installed = ['curl.x86_64', 'libwebp.x86_64', 'sudo.x86_64', 'vim-minimal.x86_64'];
    assert.deepEqual(await patches(InstanceId, 'INSTALLED'), installed);
    const { InstancePatchStates } = await ssm.describeInstancePatchStatesForPatchGroup({
      PatchGroup: 'javascript-rocky',
      Filters: [{ Key: 'InstalledCount', Values: ['3'], Type: 'GreaterThan' }],
    });
    assert.deepEqual(
      InstancePatchStates.map((state) => [state.InstanceId, state.BaselineId, state.Operation, state.InstalledCount]),
      [[InstanceId, BaselineId, 'Install', 4]],
    );
  });

  async function run(InstanceId, whom, operation) {
    const { Command } = await ssm.sendCommand({
      ...whom,
      DocumentName: 'AWS-RunPatchBaseline',
      Parameters: { Operation: [operation] },
      TimeoutSeconds: 600,
    });
    const waiter = { client: ssm, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
    await waitUntilCommandExecuted(waiter, { CommandId: Command.CommandId, InstanceId });
  }

  async function patches(InstanceId, state) {
    const found = [];
    for await (const page of paginateDescribeInstancePatches({ client: ssm, pageSize: 10 }, { InstanceId })) {
      found.push(...page.Patches.filter((patch) => patch.State === state).map((patch) => patch.KBId));
    }
    return found.sort();
  }
});

suite('refusals', () => {
  test('each error is the exception of its name', async () => {
    await assert.rejects(ssm.getPatchBaseline({ BaselineId: 'pb-00000000000000000' }), DoesNotExistException);
    await assert.rejects(ssm.describeInstancePatches({ InstanceId: 'mi-00000000000000000' }), InvalidInstanceId);
    await assert.rejects(ssm.getParameter({ Name: 'x' }), named('UnknownOperationException'));
  });

  test('every violation is told at once', async () => {
    await assert.rejects(ssm.createPatchBaseline({ Name: 'x', OperatingSystem: 'BEOS' }), (error) => {
      assert.equal(error.name, 'ValidationException');
      assert.match(error.message, /^3 validation errors detected: Value .* at 'name' failed to satisfy constraint: /);
      return true;
    });
  });

  test('a viewer looks and changes nothing', async () => {
    const viewer = connect({ accessKeyId: process.env.VIEWER_KEY_ID, secretAccessKey: process.env.VIEWER_SECRET });
    assert.ok((await viewer.describePatchBaselines({})).BaselineIdentities.length > 0);
    await assert.rejects(viewer.createPatchBaseline({ Name: 'viewer' }), named('AccessDeniedException'));
  });

  test('a wrong secret is a wrong signature', async () => {
    const stranger = connect({ accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: 'guessed' });
    await assert.rejects(stranger.describePatchBaselines({}), named('InvalidSignatureException'));
  });
});
