/** The switch for notifications: says what it does, or why it cannot. */
import { html, LitElement, type TemplateResult } from "lit";
import { type NotifyState, notifyState, switchNotify } from "../../sync/device/notify.ts";
import { switchRow } from "../../ui/forms/switch.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import "../../ui/messages/people.ts";

const notes: Readonly<Record<NotifyState, MessageKey>> = {
	insecure: "frame.notify.insecure",
	unsupported: "frame.notify.unsupported",
	blocked: "frame.notify.blocked",
	off: "frame.notify.note",
	on: "frame.notify.note",
};

/** `<weft-notify-switch>`: speaks for this device. */
export class WeftNotifySwitch extends LitElement {
	static override readonly properties = { state: { state: true } };
	declare state: NotifyState;

	constructor() {
		super();
		this.state = notifyState();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const { state } = this;
		return html`<div role="status">
			${switchRow({
				label: t("frame.notify"),
				note: t(notes[state]),
				isOn: state === "on",
				isDisabled: state !== "on" && state !== "off",
				change: (isOn) => void this.#switch(isOn),
			})}
		</div>`;
	}

	async #switch(isOn: boolean): Promise<void> {
		this.state = await switchNotify(isOn);
		// Lit knows of no press: where the question was not answered with yes it goes back.
		const input = this.querySelector("input");
		if (input !== null) input.checked = this.state === "on";
	}
}

customElements.define("weft-notify-switch", WeftNotifySwitch);
