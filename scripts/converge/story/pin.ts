/** Keeps a failing run for ever: as a file that the tests play again. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Trace, writeTrace } from "./trace.ts";

/** Where pinned runs stand in the project. */
export const pinnedDirectory = "test/scenarios/pinned-seeds";

/** What is kept, and where. */
export interface Pin {
	readonly trace: Trace;
	/**
	 * What was wrong, in a sentence that a reader in a year understands. Null where nobody knows yet:
	 * the test that plays pinned runs stays red until somebody has written it into the file.
	 */
	readonly why: string | null;
	/** The project's `pinnedDirectory`. */
	readonly directory: string;
}

/**
 * The name of a pinned trace's file: what it failed in, and its seed.
 *
 * @throws Error where it holds no finding: nobody would know what it is kept for
 */
export function pinName({ findings, plan }: Trace): string {
	const [finding] = findings;
	if (finding === undefined) throw new Error("A run without findings is not pinned.");
	const check = finding.check.toLowerCase().replace(/[^a-z0-9]+/g, "-");
	return `${check}-${plan.seed}.json`;
}

/**
 * Writes a trace as a pinned one, with the first finding of each check, and gives its path; one of
 * the same name is replaced.
 *
 * @throws Error as `pinName`
 */
export function pin({ trace, why, directory }: Pin): string {
	const path = join(directory, pinName(trace));
	const { findings } = trace;
	const firsts = findings.filter(
		({ check }, index) => findings.findIndex((other) => other.check === check) === index,
	);
	mkdirSync(directory, { recursive: true });
	writeTrace(path, { ...trace, findings: firsts, why });
	return path;
}
