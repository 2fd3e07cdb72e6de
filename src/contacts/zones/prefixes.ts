import type { AreaCodes } from "./northAmerica.ts"

const london = "Europe/London"
const madrid = "Europe/Madrid"
const perth = "Australia/Perth"
const adelaide = "Australia/Adelaide"
const saoPaulo = "America/Sao_Paulo"
const manaus = "America/Manaus"
const santiago = "America/Santiago"
const mexicoCity = "America/Mexico_City"
const jakarta = "Asia/Jakarta"

/**
 * Beginnings of numbers, country code included, that say more than the country code does; the longest that fits counts.
 * Two kinds: regions that share a country code, as libphonenumber tells them apart (a test compares), and area codes of
 * countries with several zones, from general knowledge of the numbering plans. Mobile and special numbers of those
 * countries fit no row here, so they keep all zones of the country; in Brazil and Mexico mobile numbers have area codes.
 */
export const prefixes: ReadonlyArray<AreaCodes> = [
  // Regions that share a code
  ["GG", "Europe/Guernsey", "441481 447781 447839 4479111 4479117"],
  ["JE", "Europe/Jersey", "441534 447509 4477003 4477007 4477008 447797 447829 447937"],
  ["IM", "Europe/Isle_of_Man", "441624 447524 447624 4474576"],
  ["VA", "Europe/Vatican", "3906698"],
  ["SJ", "Arctic/Longyearbyen", "4779"],
  ["AX", "Europe/Mariehamn", "35818"],
  ["EH", "Africa/El_Aaiun", "2125288 2125289"],
  ["TA", "Atlantic/St_Helena", "2908"],
  ["YT", "Indian/Mayotte", "262269 262639"],
  ["BQ", "America/Kralendijk", "5993 5994 5997"],
  ["CC", "Indian/Cocos", "6189162"],
  ["CX", "Indian/Christmas", "6189164"],
  ["KZ", "Asia/Almaty", "733622 77"],
  // Spain: the Canary Islands; free, shared and premium numbers keep both zones
  ["ES", madrid, "348 349"],
  ["ES", "Atlantic/Canary", "34822 34828 34922 34928"],
  ["ES", `${madrid} Atlantic/Canary`, "34800 34803 34806 34807 34900 34901 34902 34905 34907"],
  // Portugal
  ["PT", "Europe/Lisbon", "3512"],
  ["PT", "Atlantic/Madeira", "351291"],
  ["PT", "Atlantic/Azores", "351292 351295 351296"],
  // Australia; Tweed Heads in New South Wales has Queensland's code
  ["AU", "Australia/Sydney", "612"],
  ["AU", "Australia/Sydney Australia/Lord_Howe", "6126563"],
  ["AU", "Australia/Melbourne", "613"],
  ["AU", "Australia/Brisbane Australia/Sydney", "617"],
  ["AU", `${adelaide} Australia/Darwin ${perth} Australia/Eucla`, "618"],
  ["AU", adelaide, "6187 6188"],
  ["AU", "Australia/Darwin", "61879 61889"],
  ["AU", perth, "6186 6189"],
  ["AU", `${perth} Australia/Eucla`, "6189039"],
  // New Zealand
  ["NZ", "Pacific/Auckland", "643 644 646 647 649"],
  ["NZ", "Pacific/Chatham", "643305"],
  // Brazil, by area code
  ["BR", saoPaulo, "5511 5512 5513 5514 5515 5516 5517 5518 5519 5521 5522 5524 5527 5528"],
  ["BR", saoPaulo, "5531 5532 5533 5534 5535 5537 5538 5541 5542 5543 5544 5545 5546 5547 5548 5549"],
  ["BR", saoPaulo, "5551 5553 5554 5555 5561 5562 5563 5564 5571 5573 5574 5575 5577 5579"],
  ["BR", saoPaulo, "5582 5583 5584 5585 5586 5587 5588 5589 5591 5593 5594 5598 5599"],
  ["BR", `${saoPaulo} America/Noronha`, "5581"],
  ["BR", "America/Cuiaba", "5565 5566"],
  ["BR", "America/Campo_Grande", "5567"],
  ["BR", "America/Porto_Velho", "5569"],
  ["BR", "America/Rio_Branco", "5568"],
  ["BR", manaus, "5592 5595"],
  ["BR", `${manaus} America/Rio_Branco`, "5597"],
  // Chile
  ["CL", santiago, "562 5633 5634 5635 564 5651 5652 5653 5655 5657 5658 5663 5664 5665 5671 5672 5673 5675"],
  ["CL", `${santiago} Pacific/Easter`, "5632"],
  ["CL", "America/Punta_Arenas", "5661"],
  ["CL", "America/Coyhaique", "5667"],
  // Ecuador: the Galápagos share the 5 of the coast
  ["EC", "America/Guayaquil", "5932 5933 5934 5936 5937"],
  // Mexico: the three large cities; elsewhere all zones
  ["MX", mexicoCity, "5233 5255 5256"],
  ["MX", "America/Monterrey", "5281"],
  // Indonesia: large cities
  ["ID", jakarta, "6221 6222 6224 6231 6261"],
  ["ID", "Asia/Makassar", "62361 62411"],
  // Russia: the two capitals
  ["RU", "Europe/Moscow", "7495 7496 7498 7499 7812 7813"],
  // Ukraine: nothing but Crimea's codes ever rang on Moscow time
  ["UA", "Europe/Kyiv", "380"],
  ["UA", "Europe/Kyiv Europe/Simferopol", "38065 380692"],
  // The British mainland; mobile and special numbers may ring on the islands, whose clocks are the same
  ["GB", london, "44"]
]
