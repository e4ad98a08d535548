package ai.mavster.credits.operator.record;

import ai.mavster.credits.EnumId;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has done.
 *
 * @param accountId null: no account, or not one alone
 * @param targetId what it has made or changed; null: nothing that has an id
 * @param reason null: none was asked for, or it was erased
 * @param doneAt null: it is not known what came of it
 */
@TemplateData
public record RecordedAction(
        UUID actionId,
        Instant begunAt,
        ActionAuthor author,
        ActionKind kind,
        @Nullable String accountId,
        @Nullable String targetId,
        @Nullable String reason,
        @Nullable Instant doneAt) {

    static RecordedAction of(ActionRow row) {
        return new RecordedAction(
                row.actionId,
                row.begunAt,
                new ActionAuthor(row.authorId, row.authorName),
                EnumId.parse(ActionKind.class, row.kind),
                row.accountId,
                row.targetId,
                row.reason,
                row.doneAt);
    }
}
