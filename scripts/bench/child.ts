/**
 * A till in a process of its own, for what belongs to a whole process. `child.ts ready DIRECTORY` answers the milliseconds
 * from the start of the process to the first item on the display; `child.ts memory DIRECTORY COUNT ...` the resident bytes
 * after so many tickets. As one line of JSON.
 */
import { startBenchTill } from "./bench-till.ts";
import { sellTickets } from "./sell-tickets.ts";

const [what, directory = "", ...counts] = process.argv.slice(2);
const till = await startBenchTill(directory);
if (what === "ready") {
	const { endedMs } = await till.scan();
	console.log(JSON.stringify([endedMs]));
} else {
	const resident: number[] = [];
	let soldCount = 0;
	for (const count of counts.map(Number)) {
		await sellTickets(till, (sold) => soldCount + sold < count);
		soldCount = count;
		resident.push(process.memoryUsage.rss());
	}
	console.log(JSON.stringify(resident));
}
await till.stop();
