/** What every page does once nobody waits for it: its code is in no first load. */
import { keepApp } from "../../sync/device/app-copy.ts";
import { t } from "../../ui/messages.ts";
import { showToast } from "../../ui/toast.ts";
import { followView } from "../../ui/touch/viewport.ts";

/** For as long as the page lives. `identified` resolves when it is known who we are. */
export function begin(identified: Promise<void>): void {
	// Only where fingers type is there a keyboard on the screen; none is open at first.
	if (matchMedia("(pointer: coarse)").matches) followView();
	keepThisApp(identified).catch((error: unknown) => {
		console.info("The app does not open offline:", error);
	});
}

/** So that it opens without a network; what is newer is offered, and never forced on anybody. */
async function keepThisApp(identified: Promise<void>): Promise<void> {
	await identified; // The first look at a room has the line for itself.
	await keepApp((use) => {
		const action = { label: t("frame.newVersion.use"), run: use };
		showToast({ text: t("frame.newVersion"), action, isLasting: true });
	});
}
