package ai.mavster.credits.ledger.proof;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of the last proofs. Each method runs within the caller's transaction. */
@Singleton
public class LastProofRepository implements PanacheRepositoryBase<LastProof, String> {

    void keep(String accountId, Instant at, boolean passed, String failures) {
        getEntityManager()
                .createQuery("""
                        insert into LastProof (accountId, provenAt, passed, failures) values (:id, :at, :passed, :failures)
                        on conflict (accountId) do update
                        set provenAt = excluded.provenAt, passed = excluded.passed, failures = excluded.failures""")
                .setParameter("id", accountId)
                .setParameter("at", at)
                .setParameter("passed", passed)
                .setParameter("failures", failures)
                .executeUpdate();
    }

    long countFailed() {
        return count("passed = false");
    }

    /**
     * An account whose last proof failed.
     *
     * @param failures in words
     */
    public record Failed(String accountId, Instant provenAt, String failures) {}

    /** Of those so many at most. */
    public List<Failed> failed(int most) {
        return find("passed = false order by accountId").page(0, most).<LastProof>list().stream()
                .map(last -> new Failed(last.accountId, last.provenAt, last.failures))
                .toList();
    }

    Optional<Instant> oldest() {
        return find("order by provenAt")
                .page(0, 1)
                .<LastProof>firstResultOptional()
                .map(last -> last.provenAt);
    }

    /** The account that was proven last: where a walk goes on. */
    Optional<String> newest() {
        return find("order by provenAt desc, accountId desc")
                .page(0, 1)
                .<LastProof>firstResultOptional()
                .map(last -> last.accountId);
    }
}
