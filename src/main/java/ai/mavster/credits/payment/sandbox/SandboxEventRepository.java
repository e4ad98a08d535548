package ai.mavster.credits.payment.sandbox;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Events that are to be announced. */
@Singleton
class SandboxEventRepository implements PanacheRepositoryBase<SandboxEventRow, String> {

    List<SandboxEventRow> due(Instant now, int most) {
        return find("dueAt <= ?1 order by dueAt", now).page(0, most).list();
    }
}
