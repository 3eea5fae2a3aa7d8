/** What hostile clients do beside honest people. A server must not let any of it have an effect. */
import * as Y from "yjs";
import type { Person } from "./person/person.ts";
import type { Fault } from "./plan.ts";
import { below, type Random } from "./random.ts";

/** Somebody hostile, and whom they are after. */
export interface Attack {
	readonly stranger: Person;
	readonly victim: Person;
	readonly random: Random;
}

/** What each hostile client does once it is connected. */
export const attacks: Partial<Record<Fault, (attack: Attack) => void>> = {
	/** Only comes and goes. */
	stranger: () => undefined,
	damagedUpdate: ({ stranger, victim, random }) => {
		const damaged = Y.encodeStateAsUpdate(victim.doc);
		damaged[below(random, damaged.length)] = below(random, 256);
		// A lucky hit may be a valid update that writes: only clear damage is sent.
		stranger.sendUpdate(damaged.subarray(0, damaged.length - 1));
	},
	pendingBomb: ({ stranger }) => {
		// One item of client 77 at clock 500 that nothing came before.
		const bomb = Uint8Array.of(1, 1, 77, 0xf4, 3, 4, 1, 4, 0x74, 0x65, 0x78, 0x74, 1, 0x61, 0);
		stranger.sendUpdate(bomb);
	},
	/** An honest relay: everything that somebody has, once more. */
	repeatFrame: ({ victim }) => victim.sendUpdate(Y.encodeStateAsUpdate(victim.doc)),
};

/** Does what that fault means. */
export function attack(fault: Fault, parts: Attack): void {
	attacks[fault]?.(parts);
}
