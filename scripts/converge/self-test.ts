/** Is the harness any good? Servers with planted faults are played until each is found. */
import type { Person, PersonParts } from "./person/person.ts";
import { type Fault, faults, makePlan, type RightsMode } from "./plan.ts";
import { streamsOf } from "./random.ts";
import { type Outcome, playRun } from "./run.ts";
import type { Plants } from "./sim/server.ts";
import { SimTestbed } from "./sim/testbed.ts";

/** What is wrong: a server's parts, or those who take part. */
export interface Planted extends Plants {
	readonly makePerson?: (parts: PersonParts) => Person;
}

/** What came of one planted server; the last row is the server without a fault. */
export interface SelfTestRow {
	/** What the server does wrong; null for the one that does nothing wrong. */
	readonly plant: string | null;
	/** The seed at which it was found; null where it never was. */
	readonly seed: number | null;
	/** How many seeds were played. */
	readonly seedCount: number;
	readonly seconds: number;
	/** What noticed it, and what that said; null where nothing did. */
	readonly check: string | null;
	readonly say: string | null;
}

/** What all of them came to. */
export interface SelfTestResult {
	readonly rows: readonly SelfTestRow[];
	/** True where every planted fault was found, and nothing where there is none. */
	readonly isAllFound: boolean;
}

/** How to test. */
export interface SelfTestOptions {
	/** Servers by what they do wrong; those of test/planted where nothing is said. */
	readonly plants?: Readonly<Record<string, () => Planted>>;
	/** The first seed. The default was chosen before any plant was played. */
	readonly firstSeed?: number;
	/** How long each may take to be found. */
	readonly secondsMax?: number;
	/** Told of each row as soon as it is there. */
	readonly played?: (row: SelfTestRow) => void;
}

const firstSeedDefault = 20_261_121;
const secondsMaxDefault = 60;
const corpus = { ops: 200, people: 5, faults: Object.keys(faults) as Fault[] };

/** See the head of this file. */
export async function selfTest(options: SelfTestOptions = {}): Promise<SelfTestResult> {
	const { firstSeed = firstSeedDefault, secondsMax = secondsMaxDefault } = options;
	const plants = options.plants ?? (await loadPlants());
	const rows: SelfTestRow[] = [];
	const add = (row: SelfTestRow) => {
		rows.push(row);
		options.played?.(row);
	};
	for (const [plant, make] of Object.entries(plants)) {
		add(await search({ plant, make, firstSeed, secondsMax, seedsMax: Number.POSITIVE_INFINITY }));
	}
	// The same seeds on a server that is right: what is found there is no proof of anything.
	const seedsMax = Math.max(...rows.map(({ seedCount }) => seedCount));
	const make = () => ({});
	const all = { plant: null, make, firstSeed, seedsMax, secondsMax: Number.POSITIVE_INFINITY };
	const plain = await search({ ...all, rights: "off" });
	const right = plain.seed === null ? await search({ ...all, rights: "on" }) : plain;
	const isAllFound = rows.every(({ seed }) => seed !== null) && right.seed === null;
	add(right);
	return { rows, isAllFound };
}

interface Search {
	readonly plant: string | null;
	readonly make: () => Planted;
	readonly firstSeed: number;
	readonly secondsMax: number;
	readonly seedsMax: number;
	/** As the plant needs it where nothing is said. */
	readonly rights?: RightsMode;
}

/** What is wrong with rights shows where there are some. */
function rightsFor({ access, records, clean }: Plants): RightsMode {
	return [access, records, clean].every((one) => one === undefined) ? "off" : "on";
}

async function search({ plant, make, ...limits }: Search): Promise<SelfTestRow> {
	const { firstSeed, secondsMax, seedsMax, rights = rightsFor(make()) } = limits;
	const startedMs = performance.now();
	const seconds = () => (performance.now() - startedMs) / 1000;
	let seedCount = 0;
	while (seedCount < seedsMax && seconds() < secondsMax) {
		const seed = firstSeed + seedCount++;
		const { findings } = await play(seed, make(), rights);
		const [first] = findings;
		if (first !== undefined) return { plant, seed, seedCount, seconds: seconds(), ...first };
	}
	return { plant, seed: null, seedCount, seconds: seconds(), check: null, say: null };
}

async function play(
	seed: number,
	{ makePerson, ...plants }: Planted,
	rights: RightsMode,
): Promise<Outcome> {
	const plan = makePlan({ seed, ...corpus, rights }, streamsOf(seed));
	const testbed = new SimTestbed(seed, plants, plan);
	const outcome = await playRun(plan, testbed, makePerson === undefined ? {} : { makePerson });
	await testbed.end();
	return outcome;
}

/** Planted servers are tests and stand there; scripts import none, so the way is computed. */
async function loadPlants(): Promise<Readonly<Record<string, () => Planted>>> {
	const address = new URL("../../test/planted/plants.js", import.meta.url).href;
	const { plants } = (await import(address)) as { plants: Record<string, () => Planted> };
	return plants;
}
