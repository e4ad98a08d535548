package ai.mavster.credits.recharge;

import java.util.UUID;

/** Whose recharge it is, and which. */
record RechargeKey(String accountId, UUID rechargeId) {

    static RechargeKey of(Recharge recharge) {
        return new RechargeKey(recharge.accountId(), recharge.rechargeId());
    }
}
