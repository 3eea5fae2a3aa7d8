/** Who this browser is: asked of the server, remembered on the device, the same in every tab. */
import { isPersonColor, type Person } from "../../shared/awareness.ts";
import type { Cancel } from "../../shared/clock.ts";
import { anyone, isAccountId } from "../../shared/ids.ts";
import { Emitter } from "./emitter.ts";

/** Where a person is remembered; `localStorage`, or nothing where the browser forbids it. */
export type PersonMemory = Pick<Storage, "getItem" | "setItem">;

const memoryKey = "weft:me";

/** What stands there since somebody signed out: no person. */
const signedOut = "null";

/** The own person, and what only they are told of themselves. */
export interface Myself extends Person {
	/** True for who signed in; a guest has no such field. */
	readonly isSignedIn?: boolean;
	/** True for who runs the server. */
	readonly isAdmin?: boolean;
	/** The guests they were before: what those wrote is theirs. */
	readonly was?: readonly string[];
}

/** True for the own id, and for those of the guests that one was. */
export function isOurs({ id, was = [] }: Pick<Myself, "id" | "was">, by: string): boolean {
	return by === id || was.includes(by);
}

/** What others are told of somebody. */
export function shownOf({ id, name, color }: Person): Person {
	return { id, name, color };
}

/**
 * Whom a server takes us for, by the id that it says is ours. A login that ended while nobody was
 * connected leaves a guest, or nobody.
 */
export function takenFor(userId: string, ownId: string): "us" | "another" | "signedOut" {
	if (userId === ownId || ownId === anyone) return "us";
	const isGuest = userId === anyone || userId.startsWith("g_");
	if (isGuest && isAccountId(ownId)) return "signedOut";
	// Without a cookie everybody is `anyone`: that says nothing about which guest it is.
	return userId === anyone ? "us" : "another";
}

/** True for a person as the server stamps them. */
export function isPerson(value: unknown): value is Person {
	if (typeof value !== "object" || value === null) return false;
	const { id, name, color } = value as Partial<Record<keyof Person, unknown>>;
	return typeof id === "string" && typeof name === "string" && isPersonColor(color);
}

/** Who we are before any server has said so, and with a server that says nothing. */
export const newcomer: Person = { id: anyone, name: "Guest", color: "#5b6abf" };

/** The own person; one a page. */
export class Me {
	readonly #events = new Emitter<{ change: Myself }>();
	readonly #memory: PersonMemory | null;
	#person: Myself;

	constructor(memory: PersonMemory | null) {
		this.#memory = memory;
		this.#person = this.#remembered() ?? newcomer;
	}

	/** Now; follow changes with `onChange`. */
	get person(): Myself {
		return this.#person;
	}

	/** Calls `listen` whenever name or colour change, here or in another tab. */
	onChange(listen: (person: Myself) => void): Cancel {
		return this.#events.on("change", listen);
	}

	/** Takes what the server said. */
	set(person: Myself): void {
		this.#memory?.setItem(memoryKey, JSON.stringify(person));
		this.#take(person);
	}

	/** Another tab wrote; call it at a `storage` event. False where they signed out there. */
	readAgain(): boolean {
		const person = this.#remembered();
		if (person !== null) this.#take(person);
		return this.#person === newcomer || this.#memory?.getItem(memoryKey) !== signedOut;
	}

	/** They signed out: every page of this browser is to begin anew, this one too. */
	forget(): void {
		this.#memory?.setItem(memoryKey, signedOut);
	}

	#take(person: Myself): void {
		if (JSON.stringify(person) === JSON.stringify(this.#person)) return;
		this.#person = person;
		this.#events.emit("change", person);
	}

	#remembered(): Myself | null {
		try {
			const person: unknown = JSON.parse(this.#memory?.getItem(memoryKey) ?? "null");
			return isPerson(person) ? person : null;
		} catch {
			return null; // Somebody else's value under our name.
		}
	}
}

/** The browser's memory, or null where it throws on touch (cookies blocked). A full one forgets. */
export function deviceMemory(): PersonMemory | null {
	try {
		const storage = globalThis.localStorage;
		storage.getItem(memoryKey);
		return {
			getItem: (key) => storage.getItem(key),
			setItem: (key, value) => put(storage, key, value),
		};
	} catch {
		return null; // Blocked: names are kept for this page only.
	}
}

function put(storage: Storage, key: string, value: string): void {
	try {
		storage.setItem(key, value);
	} catch (error) {
		console.warn("This device cannot remember", key, error);
	}
}
