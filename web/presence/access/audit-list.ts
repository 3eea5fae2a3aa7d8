/** `<weft-audit-list>`: who decided what in a room, for who manages it. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { type SurfaceName, surfaceNames } from "../../../shared/awareness.ts";
import { nobody, type RoomName } from "../../../shared/ids.ts";
import { parseRole, type Role } from "../../../shared/roles.ts";
import { type AuditEntry, parseEntry, parseLinkRole } from "../../../shared/room-access.ts";
import { withFaultId } from "../../ui/forms/fault.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { fullTime } from "../../ui/time.ts";
import { fetchAudit } from "./access-api.ts";
import { called } from "./room-access.ts";

/** Property: `room`. Asks when somebody opens it. */
export class WeftAuditList extends LitElement {
	static override readonly properties = {
		room: { attribute: false },
		entries: { state: true },
		trouble: { state: true },
	};
	declare room: RoomName;
	/** Null while nobody asked. */
	declare entries: readonly AuditEntry[] | null;
	/** Why it is not here, in words; empty where nothing is wrong. */
	declare trouble: string;

	constructor() {
		super();
		this.entries = null;
		this.trouble = "";
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	async #fetch(): Promise<void> {
		try {
			this.entries = await fetchAudit(this.room);
			this.trouble = "";
		} catch (error) {
			console.info("What was decided cannot be had:", error);
			this.trouble = withFaultId(t("frame.room.surfaceMissing"), error);
		}
	}

	readonly #onToggle = ({ currentTarget }: Event): void => {
		if ((currentTarget as HTMLDetailsElement).open) void this.#fetch();
	};

	protected override render(): TemplateResult {
		return html`<details class="weft-rights__audit" @toggle=${this.#onToggle}>
			<summary>${t("rights.audit")}</summary>
			${this.#list()}
		</details>`;
	}

	#list(): TemplateResult | typeof nothing {
		if (this.trouble !== "") return html`<p role="status">${this.trouble}</p>`;
		if (this.entries === null) return nothing;
		if (this.entries.length === 0) return html`<p>${t("rights.audit.empty")}</p>`;
		return html`<ol tabindex="0">
			${this.entries.map(
				(entry) => html`<li>
					<span>${sayEntry(entry)}</span>
					<time datetime=${new Date(entry.atMs).toISOString()}>${fullTime(entry.atMs)}</time>
				</li>`,
			)}
		</ol>`;
	}
}

function sayRole(role: Role | null, names: { readonly by: string; readonly about: string }) {
	if (role === null) return t("rights.audit.forget", names);
	return t("rights.audit.member", { ...names, to: t(`rights.role.${role}`) });
}

/** One line of the trail in words. */
export function sayEntry({ act, by, about, to }: AuditEntry): string {
	const name = by.id === nobody ? t("rights.audit.atServer") : called(by).name;
	const who = by.isOperator ? t("rights.audit.operator", { name }) : name;
	const names = { by: who, about: called(about)?.name ?? "" };
	switch (act) {
		case "present":
			return t(about === null ? "rights.audit.presentEnd" : "rights.audit.present", names);
		case "member":
			if (to === "out") return t("rights.audit.out", names);
			return sayRole(parseRole(to), names);
		case "entry":
			return t("rights.audit.entry", { ...names, to: entryWords(to) });
		case "link":
		case "revoke": {
			const role = parseLinkRole(to);
			return t(`rights.audit.${act}`, { ...names, to: role ? t(`rights.entry.${role}`) : to });
		}
		case "kick":
		case "close":
			return t(`rights.audit.${act}`, { ...names, to });
		case "talk":
			return t(to === "open" ? "rights.audit.talk" : "rights.audit.talkEnd", names);
		case "least":
			return t("rights.audit.least", { ...names, to: leastWords(to) });
		default:
			return t(`rights.audit.${act}`, names);
	}
}

function entryWords(to: string): string {
	const entry = parseEntry(to);
	return entry === null ? to : t(`rights.entry.${entry}`);
}

/** `chat editor`, or `chat` alone where that was lifted. */
function leastWords(to: string): string {
	const [surface = "", role = ""] = to.split(" ");
	const known = surfaceNames.find((name): name is SurfaceName => name === surface);
	if (known === undefined) return to;
	const least = role === "editor" || role === "owner" ? role : "all";
	return `${t(`rights.least.${known}`)}: ${t(`rights.least.${least}`)}`;
}

customElements.define("weft-audit-list", WeftAuditList);
