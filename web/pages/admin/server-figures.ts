/** `<weft-admin-server>`: how the server is and does, measured while somebody looks. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Millis } from "../../../shared/clock.ts";
import type { DiskFigures, ServerFigures, ServerRules } from "../../../shared/operator.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { type MessageKey, t, tCount } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";
import { sayBytes } from "../../ui/size.ts";
import { fullTime, timeAgo } from "../../ui/time.ts";
import { fetchFigures } from "./admin-api.ts";
import { troubleLine } from "./list-parts.ts";
import { troubleOf } from "./listing.ts";
import { plot, shownMax } from "./plot.ts";

const askEveryMs: Millis = 2_000;

/** With less than this part of the disk left somebody should look. */
const lowPart = 0.05;

/** What was done between one look and the next. */
interface Step {
	/** From 0 to 1. */
	readonly busyPart: number;
	readonly changesPerSecond: number;
	readonly memoryBytes: number;
}

/** What was done between two looks; null where the server began anew between them. */
function stepBetween(before: ServerFigures, now: ServerFigures): Step | null {
	const tookMs = now.nowMs - before.nowMs;
	if (before.startedAtMs !== now.startedAtMs || tookMs <= 0) return null;
	const busyMs = now.load.busyMs - before.load.busyMs;
	const loopMs = busyMs + now.load.idleMs - before.load.idleMs;
	return {
		busyPart: loopMs <= 0 ? 0 : busyMs / loopMs,
		changesPerSecond: (now.load.updateCount - before.load.updateCount) / (tookMs / 1000),
		memoryBytes: now.load.memoryBytes,
	};
}

/** Tells `weft-admin` by an event `figures` what came. */
export class WeftAdminServer extends LitElement {
	#figures: ServerFigures | null = null;
	#steps: readonly Step[] = [];
	#trouble: MessageKey | null = null;
	#timer = 0;

	override connectedCallback(): void {
		super.connectedCallback();
		this.#timer = window.setInterval(() => {
			if (document.visibilityState === "visible") void this.#ask();
		}, askEveryMs);
		void this.#ask();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.#timer);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	readonly #ask = async (): Promise<void> => {
		try {
			const figures = await fetchFigures();
			const step = this.#figures === null ? null : stepBetween(this.#figures, figures);
			if (step !== null) this.#steps = [...this.#steps, step].slice(-shownMax);
			this.#figures = figures;
			this.#trouble = null;
			this.dispatchEvent(new CustomEvent("figures", { detail: figures }));
		} catch (error) {
			this.#trouble = troubleOf(error);
		}
		this.requestUpdate();
	};

	protected override render(): TemplateResult {
		const figures = this.#figures;
		return html`
			${troubleLine({ trouble: this.#trouble, again: this.#ask })}
			${
				figures === null
					? html`<p class="weft-admin__empty" aria-busy="true">${t("admin.loading")}</p>`
					: html`<div class="weft-admin__cards">
							${nowCard(figures)} ${diskCard(figures.disk)} ${this.#busyCard()}
							${this.#changesCard()} ${this.#memoryCard(figures)} ${rulesCard(figures.rules)}
						</div>`
			}
		`;
	}

	#busyCard(): TemplateResult {
		const parts = this.#steps.map(({ busyPart }) => busyPart);
		const most = Math.round(Math.max(0, ...parts) * 100);
		const last = parts.at(-1);
		return card({
			title: "admin.busy",
			figure:
				last === undefined
					? t("admin.measuring")
					: t("admin.busyNow", { percent: Math.round(last * 100) }),
			text: t("admin.busyText"),
			// Against all of its time: a bar that fills the height is a server that can do no more.
			more: plot(parts, 1, t("admin.busyPlot", { most })),
		});
	}

	#changesCard(): TemplateResult {
		const rates = this.#steps.map(({ changesPerSecond }) => changesPerSecond);
		const most = Math.max(0, ...rates);
		const last = rates.at(-1);
		return card({
			title: "admin.changes",
			figure:
				last === undefined
					? t("admin.measuring")
					: t("admin.changesNow", { count: Math.round(last * 10) / 10 }),
			text: t("admin.changesText"),
			more: plot(rates, most, t("admin.changesPlot", { most: Math.round(most) })),
		});
	}

	#memoryCard({ load }: ServerFigures): TemplateResult {
		const sizes = this.#steps.map(({ memoryBytes }) => memoryBytes);
		const most = Math.max(load.memoryBytes, ...sizes);
		return card({
			title: "admin.memory",
			figure: sayBytes(load.memoryBytes),
			text: t("admin.memoryText", { heap: sayBytes(load.heapBytes) }),
			more: plot(sizes, most, t("admin.memoryPlot", { most: sayBytes(most) })),
		});
	}
}

interface Card {
	readonly title: MessageKey;
	readonly figure: string;
	readonly text?: string;
	readonly more?: TemplateResult | typeof nothing;
}

function card({ title, figure, text, more = nothing }: Card): TemplateResult {
	return html`<section class="weft-admin__card" data-card=${title}>
		<h2>${t(title)}</h2>
		<strong>${figure}</strong>
		${text === undefined ? nothing : html`<p>${text}</p>`} ${more}
	</section>`;
}

function nowCard(figures: ServerFigures): TemplateResult {
	const { version, startedAtMs, nowMs, sessionCount, openRoomCount, accountCount } = figures;
	return card({
		title: "admin.now",
		figure: tCount("admin.people", sessionCount),
		more: html`<ul>
			<li>${tCount("admin.open", openRoomCount)}</li>
			<li>${tCount("admin.accounts", accountCount)}</li>
			<li>${t("admin.version", { version })}</li>
			<li title=${fullTime(startedAtMs)}>
				${t("admin.started", { when: timeAgo(startedAtMs, nowMs) })}
			</li>
		</ul>`,
	});
}

function diskCard(disk: DiskFigures): TemplateResult {
	const { freeBytes, totalBytes, storeBytes, photoBytes } = disk;
	const othersBytes = Math.max(0, totalBytes - freeBytes - storeBytes - (photoBytes ?? 0));
	const photos = photoBytes === null ? t("admin.disk.counting") : sayBytes(photoBytes);
	return card({
		title: "admin.disk",
		figure: t("admin.disk.free", { free: sayBytes(freeBytes), total: sayBytes(totalBytes) }),
		more: html`
			${diskBar(disk, othersBytes)}
			<dl>
				${share("store", "admin.disk.store", sayBytes(storeBytes))}
				${share("photos", "admin.disk.photos", photos)}
				${share("others", "admin.disk.others", sayBytes(othersBytes))}
			</dl>
			${
				freeBytes < totalBytes * lowPart
					? html`<p class="weft-admin__warning">${icon("warning")} ${t("admin.disk.low")}</p>`
					: nothing
			}
		`,
	});
}

function diskBar({ totalBytes, freeBytes, storeBytes, photoBytes }: DiskFigures, others: number) {
	const used = Math.round((1 - freeBytes / Math.max(totalBytes, 1)) * 100);
	const parts = [
		["store", storeBytes],
		["photos", photoBytes ?? 0],
		["others", others],
	] as const;
	return html`<div class="weft-admin__disk" role="img" aria-label=${t("admin.disk.plot", { used })}>
		${parts.map(
			([name, bytes]) =>
				html`<i data-part=${name} .style=${`flex-grow:${bytes / Math.max(totalBytes, 1)}`}></i>`,
		)}
	</div>`;
}

function share(part: string, title: MessageKey, size: string): TemplateResult {
	return html`<div>
		<dt><i data-part=${part}></i>${t(title)}</dt>
		<dd>${size}</dd>
	</div>`;
}

function rulesCard(rules: ServerRules): TemplateResult {
	const { hasGuests, signUp, isListing, isBeyondLoopback, hasHostTokens, isHealing } = rules;
	const isOpen = isBeyondLoopback && (hasGuests || signUp === "open");
	const lines: readonly (readonly [IconName, MessageKey])[] = [
		[moreIcons.people, hasGuests ? "admin.rules.guests" : "admin.rules.members"],
		["lock", `admin.rules.signUp.${signUp}`],
		["eye", isListing ? "admin.rules.listed" : "admin.rules.unlisted"],
		[
			isOpen ? "warning" : "globe",
			isBeyondLoopback ? "admin.rules.network" : "admin.rules.loopback",
		],
		...(hasHostTokens ? ([["globe", "admin.rules.tokens"]] as const) : []),
		...(isHealing ? ([["warning", "admin.rules.healing"]] as const) : []),
	];
	return html`<section class="weft-admin__card" data-card="admin.rules">
		<h2>${t("admin.rules")}</h2>
		<ul>
			${lines.map(
				([name, key]) => html`<li class=${name === "warning" ? "weft-admin__warning" : ""}>
					${icon(name)} <span>${t(key)}</span>
				</li>`,
			)}
		</ul>
	</section>`;
}

customElements.define("weft-admin-server", WeftAdminServer);
