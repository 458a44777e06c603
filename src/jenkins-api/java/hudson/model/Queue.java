package hudson.model;

import hudson.model.labels.LabelAssignmentAction;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.SubTask;
import hudson.security.ACL;
import java.util.Calendar;
import java.util.List;
import jenkins.model.queue.QueueItem;
import org.springframework.security.core.Authentication;

public class Queue extends ResourceController implements Saveable {
    public void save() {}

    public interface Task extends ModelObject, SubTask {
        String getName();

        String getFullDisplayName();

        String getUrl();

        default Authentication getDefaultAuthentication2() {
            return ACL.SYSTEM2;
        }
    }

    public abstract static class Item extends Actionable implements QueueItem {
        public final Task task;

        protected Item(Item a0) {
            this.task = a0.task;
            a0.getActions().forEach(this::addAction);
        }

        private Item(Task task, List<Action> actions) {
            this.task = task;
            actions.forEach(this::addAction);
        }

        public Label getAssignedLabel() {
            return getActions(LabelAssignmentAction.class).stream()
                    .map(action -> action.getAssignedLabel(task))
                    .findFirst()
                    .orElse(null);
        }

        public String getSearchUrl() {
            return null;
        }

        public abstract CauseOfBlockage getCauseOfBlockage();
    }

    public abstract static class NotWaitingItem extends Item {
        protected NotWaitingItem(WaitingItem a0) {
            super(a0);
        }
    }

    public static final class WaitingItem extends Item implements Comparable<WaitingItem> {
        public Calendar timestamp;

        public WaitingItem(Calendar a0, Task a1, List<Action> a2) {
            super(a1, a2);
            this.timestamp = a0;
        }

        public int compareTo(WaitingItem a0) {
            return timestamp.compareTo(a0.timestamp);
        }

        public CauseOfBlockage getCauseOfBlockage() {
            return null;
        }
    }

    public static final class BuildableItem extends NotWaitingItem {
        public BuildableItem(WaitingItem a0) {
            super(a0);
        }

        public CauseOfBlockage getCauseOfBlockage() {
            return null;
        }
    }

    private Queue() {}
}
