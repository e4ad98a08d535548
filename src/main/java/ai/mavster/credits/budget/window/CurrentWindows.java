package ai.mavster.credits.budget.window;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Subscription;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The windows of one account that its time lies in, found once for many debits. */
public final class CurrentWindows {

    private final Map<WindowKind, Window> windows = new EnumMap<>(WindowKind.class);
    private @Nullable Subscription found;

    public Window of(WindowKind kind, AccountView account) {
        SubscriptionView view = SubscriptionView.of(account);
        Subscription subscription = view == null ? null : view.subscription();
        if (!Objects.equals(found, subscription)) {
            windows.clear();
            found = subscription;
        }
        Window window = windows.get(kind);
        if (window == null || !window.contains(account.asOf())) {
            window = Window.at(account.asOf(), kind, account.timeZone(), view);
            windows.put(kind, window);
        }
        return window;
    }
}
