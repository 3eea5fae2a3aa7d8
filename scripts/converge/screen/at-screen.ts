/** Somebody at a browser with one or two tabs, and what is known of their words. */
import type { BrowserContext } from "playwright-core";
import type * as Y from "yjs";
import { type Millis, wait } from "../../../shared/clock.ts";
import type { CheckName } from "../checks/catalog.ts";
import type { Breach } from "../person/page.ts";
import type { How, Screen, ScreenParts } from "../person/screen.ts";
import type { Deed } from "../plan.ts";
import { compareLook, type Expected, expectedOf } from "./compare.ts";
import { Memory } from "./memory.ts";
import { Tab } from "./tab.ts";

/** How often a screen is looked at. */
const lookMs: Millis = 150;
/** How long it may take until everything is saved: a connection that hangs is noticed late. */
const homeMsMax: Millis = 60_000;
/** How long a screen may take to show what everybody else has. */
const shownMsMax: Millis = 30_000;
/** Deeds that wait for a browser; what comes beyond is left out. */
const deedsMax = 30;

/** See the head of this file. */
export class AtScreen implements Screen {
	readonly user: string;
	readonly #parts: ScreenParts;
	readonly #context: BrowserContext;
	readonly #memory: Memory;
	readonly #findings: Breach[] = [];
	#tabs: Tab[] = [];
	#tabCount = 0;
	#isOffline = false;
	#isClosed = false;
	/** True where the device may hold what a closed tab left and no open one has read. */
	#hasLeftovers = false;
	/** An edit whose words are not noted yet. */
	#editing: Promise<unknown> = Promise.resolve();
	#work: Promise<void> = Promise.resolve();
	#workCount = 0;
	#watching: Promise<void>;

	/** The context is its own: nobody else's tabs share its IndexedDB. */
	constructor(parts: ScreenParts, context: BrowserContext) {
		this.user = parts.user;
		this.#parts = parts;
		this.#context = context;
		this.#memory = new Memory(parts);
		this.act({ deed: "join", at: 0, size: 1 });
		this.#watching = this.#watch();
	}

	get findings(): readonly Breach[] {
		return this.#findings;
	}

	act(how: How): void {
		if (this.#workCount >= deedsMax) return;
		this.#then(how.deed, () => this.#do(how));
	}

	async comeHome(): Promise<void> {
		this.#then("comes home", async () => {
			await this.#setOffline(false);
			await this.#openTab();
			if (this.#hasLeftovers) await this.#tabs[0]?.reload();
			this.#hasLeftovers = false;
		});
		await this.#work;
		const endMs = this.#parts.clock.elapsed() + homeMsMax;
		let late = await this.#unsaved();
		while (late.length > 0 && this.#parts.clock.elapsed() < endMs) {
			await wait(this.#parts.clock, lookMs);
			late = await this.#unsaved();
		}
		for (const say of late) this.#keep({ check: "all called saved", say });
	}

	async calm(): Promise<void> {
		await this.#editing;
	}

	promised(): ReadonlySet<string> {
		return this.#memory.promised();
	}

	check(doc: Y.Doc, promised: ReadonlySet<string> | null): Breach[] {
		return this.#memory.check(doc, promised);
	}

	async compare(doc: Y.Doc): Promise<Breach[]> {
		const { clock } = this.#parts;
		const endMs = clock.elapsed() + shownMsMax;
		let findings = await this.#differences(expectedOf(doc));
		while (findings.length > 0 && clock.elapsed() < endMs) {
			await wait(clock, lookMs);
			findings = await this.#differences(expectedOf(doc));
		}
		return findings;
	}

	async close(): Promise<void> {
		if (this.#isClosed) return;
		await this.#work;
		this.#isClosed = true;
		await this.#watching;
		await this.#context.close();
	}

	/** One thing after the other, as one has two hands; what goes wrong is a finding. */
	#then(what: string, work: () => Promise<void>): void {
		this.#workCount++;
		this.#work = this.#work.then(work).then(
			() => {
				this.#workCount--;
			},
			(error: unknown) => {
				this.#workCount--;
				const [first] = String(error).split("\n");
				this.#find("screens answer", `${this.user} ${what}: ${first}`);
			},
		);
	}

	async #do({ deed, at, size }: How): Promise<void> {
		if (deed === "join") return this.#openTab();
		const tab = this.#tabs[Math.floor(at * 997) % this.#tabs.length];
		if (tab !== undefined) await this.#deeds[deed]?.(tab, at, size);
	}

	readonly #deeds: Partial<Record<Deed, (tab: Tab, at: number, size: number) => Promise<void>>> = {
		type: (tab, at, size) => this.#type(tab, at, size === 4 ? 2 : 1),
		paste: (tab, at, size) => this.#type(tab, at, 20 * size),
		remove: (tab, at, count) => this.#edit(() => this.#remove(tab, at, count)),
		format: (tab, at, count) => tab.toggleBold({ at, count }),
		draw: async (tab, at, size) => {
			this.#parts.ledger.afar.strokeCount++;
			await tab.draw([0.3, 0.2 + 0.6 * at], [0.3 + size / 10, 0.5]);
			this.#parts.tell("draws a stroke", []);
		},
		say: async (tab) => {
			const [message = ""] = this.#memory.mint(1);
			await tab.say(message);
			this.#memory.typed([message], tab.name, true);
			this.#tell("says", [message]);
		},
		point: (tab, at, size) => tab.point(0.2 + 0.6 * at, size / 10),
		undo: (tab) => this.#edit(() => this.#undo(tab, "Control+z", "takes back")),
		redo: (tab) => this.#edit(() => this.#undo(tab, "Control+Shift+z", "does again")),
		goOffline: () => this.#setOffline(true),
		goOnline: () => this.#setOffline(false),
		// Without a network there is no page: only what is open stays.
		reload: async (tab) => {
			if (!this.#isOffline) await tab.reload();
		},
		secondTab: () => this.#toggleTab(),
		leave: async () => {
			for (const tab of this.#tabs.splice(0)) await tab.close();
			this.#hasLeftovers = false;
		},
	};

	/** A failure is for who waits for the work; who waits for calm needs the end only. */
	#edit(work: () => Promise<void>): Promise<void> {
		const done = work();
		this.#editing = done.catch(() => undefined);
		return done;
	}

	async #remove(tab: Tab, at: number, count: number): Promise<void> {
		const words = await tab.remove({ at, count });
		this.#memory.removed(words);
		this.#tell("removes", words);
	}

	async #type(tab: Tab, at: number, count: number): Promise<void> {
		const words = this.#memory.mint(count);
		await tab.type(words.join(""), { at, count: 0 });
		this.#memory.typed(words, tab.name);
		this.#tell("types", words);
	}

	/** What an undo touches nobody else can know: the words before and after it tell. */
	async #undo(tab: Tab, keys: "Control+z" | "Control+Shift+z", verb: string): Promise<void> {
		const before = (await tab.look())?.text ?? "";
		const doubt = this.#memory.doubt();
		await tab.press(keys);
		await wait(this.#parts.clock, lookMs);
		const after = (await tab.look())?.text ?? "";
		this.#tell(verb, this.#memory.undone({ before, after, doubt }));
	}

	async #openTab(): Promise<void> {
		if (this.#tabs.length > 0) return;
		await this.#setOffline(false);
		await this.#addTab();
	}

	async #toggleTab(): Promise<void> {
		if (this.#tabs.length > 1) {
			const tab = this.#tabs.pop();
			this.#hasLeftovers = true;
			await tab?.close();
			if (tab !== undefined) this.#memory.closed(tab.name);
		} else if (!this.#isOffline) await this.#addTab();
	}

	async #addTab(): Promise<void> {
		const count = this.#tabCount++;
		const { address, room, clock } = this.#parts;
		const tab = await Tab.open({
			name: count === 0 ? this.user : `${this.user}${count}`,
			context: this.#context,
			url: `${address}/r/${room}/document`,
			clock,
			complain: (say) => this.#find("quiet pages", `${this.user}: ${say}`),
		});
		this.#tabs.push(tab);
	}

	async #setOffline(isOffline: boolean): Promise<void> {
		if (this.#isOffline === isOffline) return;
		this.#isOffline = isOffline;
		await this.#context.setOffline(isOffline);
		this.#parts.tell(isOffline ? "goes offline" : "goes online", []);
	}

	/** Looks at all tabs again and again: what they show is promised. */
	async #watch(): Promise<void> {
		const { clock } = this.#parts;
		while (!this.#isClosed) {
			for (const tab of this.#tabs) {
				const atMs = clock.elapsed();
				const seen = await tab.look();
				if (seen === null) continue;
				this.#memory.saw(seen, { tab: tab.name, atMs });
				for (const finding of this.#memory.wrongIn(seen, tab.name)) this.#keep(finding);
			}
			await wait(clock, lookMs);
		}
	}

	/** Tabs whose light does not say that all is saved, with what it says. */
	async #unsaved(): Promise<string[]> {
		const looks = await Promise.all(
			this.#tabs.map(async (tab) => ({ tab, seen: await tab.look() })),
		);
		return looks.flatMap(({ tab, seen }) =>
			seen?.phase === "saved" ? [] : [`${tab.name} shows ${seen?.light ?? "no light"}`],
		);
	}

	async #differences(expected: Expected): Promise<Breach[]> {
		const findings: Breach[] = [];
		for (const tab of this.#tabs) {
			const seen = await tab.look();
			if (seen !== null) findings.push(...compareLook(tab.name, seen, expected));
			else findings.push({ check: "equal screens", say: `${tab.name} shows no room` });
		}
		return findings;
	}

	#tell(verb: string, words: readonly string[]): void {
		if (words.length > 0) this.#parts.tell(verb, words);
	}

	#find(check: CheckName, say: string): void {
		this.#keep({ check, say });
	}

	/** The same thing is said once, however often it is seen. */
	#keep(finding: Breach): void {
		if (!this.#findings.some(({ say }) => say === finding.say)) this.#findings.push(finding);
	}
}
