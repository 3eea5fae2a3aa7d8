/**
 * What this person may do in a room, as far as this device knows: what the server said last, kept
 * over reloads and while there is no network.
 */
import type { Cancel } from "../../../shared/clock.ts";
import type { ToldStanding } from "../../../shared/protocol.ts";
import { type Act, acts, parseRole, type Rights, rightsOf } from "../../../shared/roles.ts";
import { isKeeping } from "../device/keeping.ts";
import { Emitter } from "../emitter.ts";
import type { PersonMemory } from "../me.ts";

/** Where it is kept: for one person in one room. */
export interface RightsPlace {
	readonly memory: PersonMemory | null;
	readonly userId: string;
	readonly room: string;
}

/** What nobody needs to be told. */
const plain: ToldStanding = { role: "editor", rights: rightsOf("editor") };
/** Who came by an address for looking changes nothing, whatever they are. */
const looking: ToldStanding = { role: "viewer", rights: rightsOf("viewer") };

/** See the head of this file. Surfaces ask `may`, and look again at every change. */
export class KnownRights {
	readonly #place: RightsPlace | null;
	readonly #events = new Emitter<{ change: undefined }>();
	#standing: ToldStanding;
	#isTold = false;

	/** Null for who only looks: that stays so. */
	constructor(place: RightsPlace | null) {
		this.#place = place;
		this.#standing = place === null ? looking : (recall(place) ?? plain);
	}

	/** What they are. */
	get role(): ToldStanding["role"] {
		return this.#standing.role;
	}

	/** True for who is an editor of whom nothing is withheld: there is nothing to say. */
	get isPlain(): boolean {
		return isSame(this.#standing, plain);
	}

	/** True where they may do that now. */
	may(act: Act): boolean {
		return this.#standing.rights[act];
	}

	/** Calls `listen` whenever role or rights are others, until cancelled. */
	onChange(listen: () => void): Cancel {
		return this.#events.on("change", listen);
	}

	/** What the server says of this person follows, or nothing does. */
	connectionBegan(): void {
		this.#isTold = false;
	}

	/** The server said it. */
	tell(standing: ToldStanding): void {
		this.#isTold = true;
		this.#take(standing);
	}

	/** The server said all that it says at first: of an editor it says nothing. */
	settle(): void {
		if (!this.#isTold) this.#take(plain);
	}

	#take(standing: ToldStanding): void {
		if (this.#place === null || isSame(standing, this.#standing)) return;
		this.#standing = standing;
		keep(this.#place, standing);
		this.#events.emit("change", undefined);
	}
}

function isSame(one: ToldStanding, other: ToldStanding): boolean {
	return one.role === other.role && acts.every((act) => one.rights[act] === other.rights[act]);
}

/** Rooms of which it is remembered; the one of which something was told longest ago goes. */
const placesMax = 200;

const memoryKey = "weft:rights";

/** Forgets what people may do in a room, or, without one, everywhere. */
export function forgetRights(memory: PersonMemory | null, room?: string): void {
	const others = readKept(memory).filter(([, other]) => room !== undefined && other !== room);
	write(memory, others);
}

/** Who, where, and what they are and may do. */
type Kept = readonly [userId: string, room: string, ...told: string[]];

function keep({ memory, userId, room }: RightsPlace, standing: ToldStanding): void {
	const { role, rights } = standing;
	const others = readKept(memory).filter(([user, place]) => user !== userId || place !== room);
	const told: Kept[] = [[userId, room, role, ...acts.filter((act) => rights[act])]];
	write(memory, isSame(standing, plain) ? others : [...others, ...told]);
}

function write(memory: PersonMemory | null, kept: readonly Kept[]): void {
	const told = isKeeping(memory) ? kept.slice(-placesMax) : [];
	memory?.setItem(memoryKey, JSON.stringify(told));
}

function recall({ memory, userId, room }: RightsPlace): ToldStanding | null {
	const kept = readKept(memory).find(([user, place]) => user === userId && place === room);
	const role = parseRole(String(kept?.[2]));
	if (kept === undefined || role === null) return null;
	const rights = Object.fromEntries(acts.map((act) => [act, kept.includes(act, 3)]));
	return { role, rights: rights as Rights };
}

function readKept(memory: PersonMemory | null): Kept[] {
	try {
		const stored: unknown = JSON.parse(memory?.getItem(memoryKey) ?? "[]");
		return (stored as Kept[]).filter(Array.isArray);
	} catch {
		return []; // Somebody else's value under our name.
	}
}
