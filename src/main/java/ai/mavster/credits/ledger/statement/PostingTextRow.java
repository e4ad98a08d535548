package ai.mavster.credits.ledger.statement;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code posting_text}, for reading. */
@Entity
@Immutable
@Table(name = "posting_text")
@IdClass(PostingTextRow.Key.class)
class PostingTextRow {

    record Key(String accountId, UUID postingId) {}

    @Id
    String accountId = "";

    @Id
    UUID postingId = new UUID(0, 0);

    @Nullable
    String reference;

    @Nullable
    String note;

    /** JSON. */
    @ColumnTransformer(read = "cast(metadata as text)")
    @Nullable
    String metadata;
}
