/** `<weft-connection>`: whether it is the network or the server, measured while one looks. */
import { html, LitElement, svg, type TemplateResult } from "lit";
import "./device.css";
import "./connection.css";
import type { Millis } from "../../shared/clock.ts";
import { browserClock } from "../sync/clock.ts";
import { type Measure, Probe } from "../sync/line/probe.ts";
import type { Me } from "../sync/me.ts";
import { type MessageKey, t } from "../ui/messages.ts";
import "../ui/messages/device.ts";
import { currentOf, type Verdict, verdictOf } from "./connection/verdict.ts";
import { homeMark } from "./home-mark.ts";
import { setPageTitle } from "./page-title.ts";

/** Figures that are shown: a minute of them. */
const shownMax = 60;

const measures = ["echo", "saved", "shown"] as const satisfies readonly Measure[];
const verdictWords: Readonly<Record<Verdict, MessageKey>> = {
	measuring: "connection.measuring",
	good: "connection.good",
	network: "connection.network",
	server: "connection.server",
	gone: "connection.gone",
};

/** Property: `me`. */
export class WeftConnection extends LitElement {
	static override readonly properties = { me: { attribute: false } };
	declare me: Me;
	#probe: Probe | null = null;
	#redrawTimer = 0;
	readonly #taken: Record<Measure, Millis[]> = { echo: [], saved: [], shown: [] };

	override connectedCallback(): void {
		super.connectedCallback();
		setPageTitle(`${t("connection.title")} · ${t("frame.name")}`);
		this.#probe = new Probe({
			me: this.me,
			clock: browserClock,
			measured: (measure, tookMs) => {
				this.#taken[measure] = [...this.#taken[measure], tookMs].slice(-shownMax);
				this.requestUpdate();
			},
		});
		this.#redrawTimer = window.setInterval(() => this.requestUpdate(), 500);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.#redrawTimer);
		this.#probe?.close();
		this.#probe = null;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const verdict = verdictOf({
			taken: this.#taken,
			awayMs: this.#probe?.awayMs("echo") ?? 0,
			isOnline: navigator.onLine,
		});
		return html`<main class="weft-device weft-connection">
			${homeMark()}
			<h1>${t("connection.title")}</h1>
			<p class="weft-device__lead">${t("connection.text")}</p>
			<p class="weft-connection__verdict" data-verdict=${verdict} role="status">
				${t(verdictWords[verdict])}
			</p>
			${measures.map((measure) => this.#renderMeasure(measure))}
		</main>`;
	}

	#renderMeasure(measure: Measure): TemplateResult {
		const taken = this.#taken[measure];
		const worst = Math.round(Math.max(0, ...taken));
		return html`<section class="weft-connection__measure" data-measure=${measure}>
			<div>
				<h2>${t(`connection.${measure}`)}</h2>
				<p>${t(`connection.${measure}Text`)}</p>
			</div>
			<div class="weft-connection__figures">
				<strong>
					${
						taken.length === 0
							? t("connection.waiting")
							: t("connection.now", { now: Math.round(currentOf(taken)) })
					}
				</strong>
				<span>${taken.length === 0 ? "" : t("connection.worst", { worst })}</span>
			</div>
			${plotOf(taken, worst)}
		</section>`;
	}
}

/** A bar for each figure, the newest at the right; the highest fills the height. */
function plotOf(taken: readonly Millis[], worst: Millis): TemplateResult {
	const first = shownMax - taken.length;
	return html`<svg
		class="weft-connection__plot"
		viewBox="0 0 ${shownMax} 20"
		preserveAspectRatio="none"
		role="img"
		aria-label=${t("connection.plot", { worst })}
	>
		${taken.map((tookMs, index) => {
			const height = Math.max(0.8, (tookMs / Math.max(worst, 1)) * 20);
			return svg`<rect x=${first + index + 0.15} y=${20 - height} width="0.7" height=${height} />`;
		})}
	</svg>`;
}

customElements.define("weft-connection", WeftConnection);
