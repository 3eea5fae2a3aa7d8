/** What the client process is told to do, and what it answers. */
import type { Slowness } from "../felt/slowness.ts";
import type { Finding, Shape } from "../scenarios/scenario.ts";
import type { Cores } from "./stage.ts";

/** One run of one scenario against one server. */
export interface Order {
	readonly scenario: string;
	readonly shape: Shape;
	readonly contestant: string;
	/** Where an older checkout of Weft is. */
	readonly against: string | null;
	readonly cores: Cores | null;
	readonly seed: number;
	/** For what people feel. */
	readonly slowness: Slowness;
	/** A folder of recorded documents; null makes them up. */
	readonly dataDir: string | null;
	/** A folder of this run alone. */
	readonly folder: string;
	/** A folder that all runs share. */
	readonly storeroom: string;
}

/** What came of it. */
export interface Answer {
	readonly finding: Finding;
	/** The largest part of its core that the client process used while something was measured. */
	readonly clientShare: number;
	/** The largest part of a core that others used meanwhile. */
	readonly othersShare: number;
	/** What the server wrote as errors. */
	readonly complaints: readonly string[];
}
