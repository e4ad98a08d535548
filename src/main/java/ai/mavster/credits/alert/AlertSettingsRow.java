package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code alert_settings}, for reading. Amounts in millionths. */
@Entity
@Immutable
@Table(name = "alert_settings")
class AlertSettingsRow {

    @Id
    String accountId = "";

    @Nullable
    Long debitAbove;

    boolean runningOut;

    AlertSettings settings() {
        return new AlertSettings(accountId, debitAbove == null ? null : new Credits(debitAbove), runningOut);
    }
}
