/**
 * What happens in a run, as plain data: made from a seed, kept as JSON, shortened when it fails.
 * Places are fractions of what is there at that moment, so that a step stays meaningful when
 * others are taken out.
 */
import { below, type Random, type Streams, weighted } from "./random.ts";

/** What a person does. `at` is a fraction of the length, `size` a small count. */
export const deeds = {
	type: 30,
	remove: 10,
	format: 5,
	embed: 2,
	paste: 2,
	draw: 7,
	shape: 2,
	move: 4,
	restyle: 4,
	resize: 3,
	reorder: 5,
	group: 2,
	copy: 1,
	erase: 3,
	rethink: 4,
	note: 2,
	write: 5,
	unwrite: 1,
	say: 6,
	mention: 1,
	correct: 1,
	retract: 1,
	share: 3,
	unshare: 1,
	caption: 4,
	point: 6,
	undo: 4,
	redo: 2,
	goOffline: 4,
	goOnline: 8,
	reload: 3,
	secondTab: 1,
	leave: 1,
	killPage: 1,
	loseDevice: 1,
	join: 5,
} as const;

/** The name of something a person does. */
export type Deed = keyof typeof deeds;

/** What goes wrong, and how often beside the others. */
export const faults = {
	kill: 3,
	powerCut: 3,
	terminate: 2,
	cut: 6,
	halfOpen: 3,
	lag: 4,
	fullDisk: 2,
	slowDisk: 5,
	clockJump: 6,
	repeatFrame: 2,
	damagedUpdate: 2,
	pendingBomb: 2,
	stranger: 1,
	restartStorm: 1,
	pause: 1,
	secondProcess: 1,
	byteFlip: 1,
	oneWay: 3,
	splitFrames: 2,
	slowReader: 6,
	forgedClient: 2,
	forgedAwareness: 3,
	chatRewrite: 1,
	splitPair: 2,
	stateVectorBomb: 1,
	clientBomb: 1,
	depthBomb: 2,
	deleteBomb: 1,
	unknownMessage: 1,
	badFrame: 1,
	failingDisk: 2,
	cutAll: 6,
	twice: 2,
	flood: 2,
	roam: 3,
} as const;

/** The name of something that goes wrong. */
export type Fault = keyof typeof faults;

/**
 * What happens in a run with rights, and how often beside the others: what the owner decides, how
 * people come and go, and what the hostile do who know what is forbidden.
 */
export const turns = {
	give: 6,
	mute: 2,
	narrow: 3,
	present: 2,
	open: 4,
	link: 4,
	revoke: 4,
	signIn: 3,
	signOut: 1,
	knock: 5,
	bin: 1,
	restore: 4,
	purge: 1,
	trespass: 8,
	forgedAuthor: 2,
	rewrittenChat: 2,
	stolenPhoto: 2,
	strangeRoot: 1,
	longMessage: 1,
	hugePresence: 1,
	hugeInk: 1,
	forgedInk: 1,
} as const;

/** The name of one of these. */
export type Turn = keyof typeof turns;

/** One thing that happens. */
export type Step =
	| {
			readonly kind: "deed";
			readonly person: number;
			readonly deed: Deed;
			readonly at: number;
			readonly size: number;
	  }
	| {
			readonly kind: "fault";
			readonly fault: Fault;
			readonly person: number;
			/** How long it lasts, where it lasts. */
			readonly ms: number;
	  }
	| {
			readonly kind: "turn";
			readonly turn: Turn;
			/** Whom it concerns. */
			readonly person: number;
			readonly at: number;
			readonly size: number;
	  }
	| { readonly kind: "wait"; readonly ms: number };

/**
 * Who types where: all alike all over; all at one spot; mostly few people at few places; or mostly
 * at the end of a text that pastes make long.
 */
export const modes = ["even", "hotSpot", "skewed", "long"] as const;

/** One of them. */
export type Mode = (typeof modes)[number];

/** A whole run. */
export interface Plan {
	readonly seed: number;
	readonly people: number;
	readonly mode: Mode;
	/** True where people have rights, which change; else everybody may do everything. */
	readonly rights: boolean;
	readonly steps: readonly Step[];
}

/** In which runs people have rights: in none, in every third, in all. */
export const rightsModes = ["off", "some", "on"] as const;

/** One of them. */
export type RightsMode = (typeof rightsModes)[number];

/** What a plan is made from. */
export interface PlanOptions {
	readonly seed: number;
	readonly people: number;
	/** Deeds; faults and waits come on top. */
	readonly ops: number;
	/** Which faults may happen; none where it is empty. */
	readonly faults: readonly Fault[];
	/** Chance that a fault stands before a deed; 0.08 where nothing is said. */
	readonly faultShare?: number;
	/** None where nothing is said. */
	readonly rights?: RightsMode;
}

/** Chance that a turn of rights stands before a deed. */
const turnShare = 0.2;
/** Of so many seeds one has rights, where some have. */
const rightsEvery = 3;

/** Longest that a fault lasts. */
const faultMsMax = 8_000;

/** Makes the plan of a seed. */
export function makePlan(options: PlanOptions, streams: Streams): Plan {
	const { faultShare = 0.08, seed } = options;
	const rights = hasRights(options.rights ?? "off", seed);
	const turnRandom = streams("turns");
	const deedRandom = streams("deeds");
	const faultRandom = streams("faults");
	const timeRandom = streams("time");
	const weights = Object.fromEntries(options.faults.map((name) => [name, faults[name]]));
	const mode = modes[below(streams("mode"), modes.length)] ?? "even";
	// The fourth power: of five people the first does two thirds of everything.
	const skew = mode === "skewed" ? 4 : 1;
	const steps: Step[] = [];
	for (let op = 0; op < options.ops; op++) {
		if (options.faults.length > 0 && faultRandom() < faultShare) {
			steps.push(makeFault(faultRandom, weights as Record<Fault, number>, options.people));
		}
		if (rights && turnRandom() < turnShare) steps.push(makeTurn(turnRandom, options.people));
		steps.push(makeDeed(deedRandom, options.people, skew));
		if (timeRandom() < 0.6) steps.push({ kind: "wait", ms: waitMs(timeRandom) });
	}
	return { seed, people: options.people, mode, rights, steps };
}

function hasRights(mode: RightsMode, seed: number): boolean {
	return mode === "on" || (mode === "some" && seed % rightsEvery === 0);
}

function makeDeed(random: Random, people: number, skew: number): Step {
	const deed = weighted(random, deeds);
	const person = Math.floor(random() ** skew * people);
	return { kind: "deed", person, deed, at: random() ** skew, size: 1 + below(random, 4) };
}

function makeFault(random: Random, weights: Record<Fault, number>, people: number): Step {
	const fault = weighted(random, weights);
	const person = below(random, people);
	return { kind: "fault", fault, person, ms: below(random, faultMsMax) };
}

function makeTurn(random: Random, people: number): Step {
	const turn = weighted(random, turns);
	const person = below(random, people);
	return { kind: "turn", turn, person, at: random(), size: 1 + below(random, 4) };
}

/** Mostly a few milliseconds, sometimes seconds: idle rooms must leave memory too. */
function waitMs(random: Random): number {
	return Math.floor(random() ** 8 * 40_000);
}
