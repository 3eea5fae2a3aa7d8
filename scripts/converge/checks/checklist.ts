/** What was asked in a run, how often, and what was found. */
import { type CheckName, catalog, type Need, reasons } from "./catalog.ts";

/** One thing that is not as it must be. */
export interface Finding {
	/** Its name in the catalogue, of today or of when a trace was written. */
	readonly check: string;
	/** What was seen, for a person to read. */
	readonly say: string;
}

/** A check that this server cannot be asked; not the same as passed. */
export interface NotTestable {
	readonly check: CheckName;
	readonly reason: string;
}

/** The checks of one run. */
export class Checklist {
	readonly #needs: ReadonlySet<Need>;
	readonly #asked = new Map<CheckName, number>();
	readonly #findings: Finding[] = [];
	readonly #seen = new Set<string>();
	readonly #found: (finding: Finding) => void;

	/** `can` says what the server can be asked; `found` is told of each finding, once. */
	constructor(can: Iterable<Need>, found: (finding: Finding) => void) {
		this.#needs = new Set(can);
		this.#found = found;
	}

	/** In the order in which they were found. */
	get findings(): readonly Finding[] {
		return this.#findings;
	}

	/** How often each check was asked; those never asked are left out. */
	get asked(): Readonly<Partial<Record<CheckName, number>>> {
		return Object.fromEntries(this.#asked);
	}

	/** What this server cannot be asked. */
	get notTestable(): readonly NotTestable[] {
		const names = Object.keys(catalog) as CheckName[];
		return names.flatMap((check) => {
			const { needs } = catalog[check];
			return needs === null || this.#needs.has(needs) ? [] : [{ check, reason: reasons[needs] }];
		});
	}

	/** True where the server can be asked that. */
	can(check: CheckName): boolean {
		const { needs } = catalog[check];
		return needs === null || this.#needs.has(needs);
	}

	/** True where the server, or where it stands, has that. */
	has(need: Need): boolean {
		return this.#needs.has(need);
	}

	/** A check was asked, and this is what it found. Nothing where it cannot be asked. */
	ask(check: CheckName, wrong: Iterable<string> | string | null = null): void {
		if (!this.can(check)) return;
		this.#asked.set(check, (this.#asked.get(check) ?? 0) + 1);
		const says = wrong === null ? [] : typeof wrong === "string" ? [wrong] : wrong;
		for (const say of says) this.#find({ check, say });
	}

	#find(finding: Finding): void {
		const name = `${finding.check}: ${finding.say}`;
		if (this.#seen.has(name)) return;
		this.#seen.add(name);
		this.#findings.push(finding);
		this.#found(finding);
	}
}
