package ai.mavster.credits.alert;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** Reads which alerts accounts have. */
@Singleton
public class AlertSettingsRepository implements PanacheRepositoryBase<AlertSettingsRow, String> {

    public AlertSettings of(String accountId) {
        return findByIdOptional(accountId)
                .map(AlertSettingsRow::settings)
                .orElseGet(() -> AlertSettings.initial(accountId));
    }
}
