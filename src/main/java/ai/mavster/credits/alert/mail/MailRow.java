package ai.mavster.credits.alert.mail;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code mail}, as the delivery reads it. Amounts in millionths. */
@Entity
@Table(name = "mail")
@IdClass(MailRow.Key.class)
class MailRow {

    record Key(String accountId, String address, UUID mailId) {}

    @Id
    String accountId = "";

    @Id
    String address = "";

    @Id
    UUID mailId = new UUID(0, 0);

    String kind = "";

    @Nullable
    String scope;

    @Nullable
    String scopeId;

    @Nullable
    BigDecimal threshold;

    @Nullable
    Long used;

    @Nullable
    Long usedOf;

    @Nullable
    Instant lastsUntil;

    @Nullable
    String link;

    Instant toldAt = Instant.EPOCH;
    String timeZone = "";
    Instant queuedAt = Instant.EPOCH;

    Waiting waiting() {
        Notice notice = new Notice(
                EnumId.parse(Notice.Kind.class, kind),
                scope,
                scopeId,
                threshold,
                used == null ? null : new Credits(used),
                usedOf == null ? null : new Credits(usedOf),
                lastsUntil,
                link);
        return new Waiting(accountId, address, mailId, notice, toldAt, ZoneId.of(timeZone), queuedAt);
    }
}
