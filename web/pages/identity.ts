/** Who this browser is: asked of the server, by a newcomer until it answers. */

import { type Clock, wait } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import { Unreachable } from "../api.ts";
import { type Me, type Myself, newcomer } from "../sync/me.ts";

/** What asking needs. */
export interface IdentityPorts {
	readonly me: Me;
	/** Asks the server once; is told who this device believes we are. */
	readonly ask: (knownId: string) => Promise<Myself>;
	/** The server lets in only those who sign in, and we have not. */
	readonly mustSignIn: () => void;
	readonly clock: Clock;
	/** False where the device knows that it has no network. */
	readonly isOnline: () => boolean;
}

/** First and longest wait before a newcomer asks again, for as long as the page is open. */
const pauseMsMin = 500;
const pauseMsMax = 8_000;

/**
 * Asks who we are. Who was here before is asked for once: they go on as who they were. A newcomer
 * would share one id with all others like them, and see what those say as their own: they ask until
 * the server answers, or the device has no network.
 *
 * @returns false where nobody said
 */
export async function identify(ports: IdentityPorts): Promise<boolean> {
	const { me, ask, clock } = ports;
	for (let pauseMs = pauseMsMin; ; pauseMs = Math.min(pauseMsMax, pauseMs * 2)) {
		try {
			me.set(await ask(me.person.id));
			return true;
		} catch (error) {
			if (error instanceof WeftError && error.code === "not_signed_in") {
				ports.mustSignIn();
				return true;
			}
			console.info("Not identified yet:", error);
			if (!isToAskAgain(error, ports)) return false;
		}
		await wait(clock, pauseMs);
	}
}

/** A server that answers otherwise knows of no people: it will not the next time either. */
function isToAskAgain(error: unknown, { me, isOnline }: IdentityPorts): boolean {
	return error instanceof Unreachable && me.person === newcomer && isOnline();
}
