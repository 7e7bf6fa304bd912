package io.patchway.run.window;

import io.patchway.audit.AuditLog;
import io.patchway.run.Fingerprint;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.Receipt;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestForm;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RunLedger;
import io.patchway.run.TooBusyException;
import io.patchway.window.MaintenanceWindow.Opening;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the task of an execution into a patch request. The fingerprint of the request keeps a task from being started
 * twice, and lets a node find what a node that died has started.
 */
final class TaskStarter {
    private static final Logger LOG = LoggerFactory.getLogger(TaskStarter.class);

    private final RequestDesk desk;
    private final RunLedger runs;
    private final AuditLog audit;

    TaskStarter(RequestDesk desk, RunLedger runs, AuditLog audit) {
        this.desk = desk;
        this.runs = runs;
        this.audit = audit;
    }

    /** The task as it stands when a node that died had started it. */
    TaskExecution recovered(WindowExecution execution, TaskExecution task, Instant now) {
        return task.status() == WindowStatus.PENDING
                ? runs.findByFingerprint(fingerprint(execution, task))
                        .map(acceptance -> task.started(acceptance.request(), now))
                        .orElse(task)
                : task;
    }

    /** Starts a task; when there is too much to do already it stays as it is. */
    TaskExecution start(WindowExecution execution, TaskExecution task, Instant now) {
        if (task.servers().isEmpty() && !task.task().form().namesServers()) {
            return task.ended(WindowStatus.SUCCESS, "No invocations to execute.", now);
        }
        RequestForm written = task.task().form();
        RequestForm form = (written.namesServers() ? written : written.on(task.servers())).inSnapshot(execution.id());
        try {
            Receipt receipt = desk.accept(form, origin(execution, task));
            String refused = receipt.refusals().isEmpty() ? "" : "; " + receipt.refusals();
            return receipt.request()
                    .map(request -> {
                        LOG.info("Maintenance window {}: request {}{}", execution.windowName(), request, refused);
                        return task.started(request, now);
                    })
                    .orElseGet(() -> refused(execution, task, "nothing was requested" + refused, now));
        } catch (TooBusyException e) {
            LOG.warn("Maintenance window {} waits: {}", execution.windowName(), e.getMessage());
            return task;
        } catch (RefusedRequestException e) {
            return refused(execution, task, "nothing was requested: " + e.field() + ": " + e.getMessage(), now);
        }
    }

    private TaskExecution refused(WindowExecution execution, TaskExecution task, String why, Instant now) {
        String subject = "window " + execution.windowName() + " of "
                + execution.opening().opens();
        LOG.warn("Maintenance {}: {}", subject, why);
        audit.record(AuditLog.PATCHWAY, "window.refused", subject, why);
        return task.ended(WindowStatus.FAILED, why, now);
    }

    private static Origin origin(WindowExecution execution, TaskExecution task) {
        Opening opening = execution.opening();
        boolean goesOn = task.task()
                .cutoff()
                .filter(CutoffBehavior.CONTINUE_TASK::equals)
                .isPresent();
        return new Origin(
                execution.origin(),
                execution.origin(),
                Optional.of(fingerprint(execution, task)),
                Optional.of(new WindowSpan(
                        execution.windowName(),
                        opening.opens(),
                        goesOn ? opening.closes() : opening.cutoff(),
                        opening.closes())));
    }

    private static String fingerprint(WindowExecution execution, TaskExecution task) {
        return Fingerprint.of(
                "window task", execution.id().toString(), task.id().toString());
    }
}
