/** Every value `outpace.yaml` may leave out beside those of its campaigns (`campaign/defaults.ts`), in the units of the file. */
export const floorDefaults = {
  zone: "Europe/London",
  store: "outpace.sqlite",
  recordings: { folder: "recordings", keepDays: 90 },
  prompts: { folder: "prompts", voice: "en-gb", wordsPerMinute: 160 },
  sip: { port: 5_060, requestsPerSecond: 100, sessionTimers: true, realm: "outpace", digests: ["MD5"] },
  media: { ports: [16_384, 18_383] },
  group: { alwaysOn: true },
  campaign: { record: false },
  /**
   * Until calls have been made, too high a share of answers only dials too little, and too low a one loses people: half of
   * all calls is more than any list gives.
   */
  expected: { pickupRate: 0.5, ringSeconds: 8, talkSeconds: 120, wrapSeconds: 15 }
} as const
