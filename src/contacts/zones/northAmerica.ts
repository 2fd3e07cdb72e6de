/** Area codes of one place: its region (ISO 3166), the zones its people may live in, the codes. */
export type AreaCodes = readonly [region: string, zones: string, codes: string]

const eastern = "America/New_York"
const central = "America/Chicago"
const mountain = "America/Denver"
const pacific = "America/Los_Angeles"

/**
 * Area codes of the North American Numbering Plan in service in 2026, from general knowledge of the plan's assignments;
 * a test holds the codes to those libphonenumber calls valid. A state with a zone line through it (Indiana, Kentucky,
 * Tennessee, North and South Dakota, Nebraska, Kansas) has both zones for each of its codes: exchanges on the line have
 * no code of their own, and people keep their number when they move within the state. In other states only the code
 * that holds the split area has both.
 */
export const areaCodes: ReadonlyArray<AreaCodes> = [
  // United States, Eastern
  ["US", eastern, "203 475 860 959 302 202 771"],
  ["US", eastern, "239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954"],
  ["US", eastern, "229 404 470 478 678 706 762 770 912 943"],
  ["US", eastern, "207 227 240 301 410 443 667 339 351 413 508 617 774 781 857 978 603"],
  ["US", "America/Detroit", "231 248 269 313 517 586 616 679 734 810 947 989"],
  ["US", eastern, "201 551 609 640 732 848 856 862 908 973"],
  ["US", eastern, "212 315 329 332 347 363 465 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934"],
  ["US", eastern, "252 336 472 704 743 828 910 919 980 984"],
  ["US", eastern, "216 220 234 283 326 330 380 419 436 440 513 567 614 740 937"],
  ["US", eastern, "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878 401 803 821 839 843 854 864"],
  ["US", eastern, "802 276 434 540 571 686 703 757 804 826 948 304 681"],
  // Eastern and Central
  ["US", `${eastern} ${central}`, "448 850"],
  ["US", `${eastern} ${central}`, "219 260 317 463 574 765 812 930"],
  ["US", `${eastern} ${central}`, "270 364 502 606 859"],
  ["US", `${eastern} ${central}`, "423 615 629 729 731 865 901 931"],
  ["US", `America/Detroit ${central}`, "906"],
  // Central
  ["US", central, "205 251 256 334 659 938 327 479 501 870"],
  ["US", central, "217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872"],
  ["US", central, "319 515 563 641 712 225 318 337 457 504 985 218 320 507 612 651 763 924 952"],
  ["US", central, "228 471 601 662 769 235 314 417 557 573 636 660 816 975 405 539 572 580 918"],
  ["US", central, "210 214 254 281 325 346 361 409 430 469 512 621 682 713 726 737 806 817 830 832 903 936 940 945"],
  ["US", central, "956 972 979 262 274 353 414 534 608 715 920"],
  // Central and Mountain
  ["US", `${central} ${mountain}`, "701 605 308 402 531 316 620 785 913 432 915"],
  // Mountain; the Navajo Nation in Arizona changes its clocks, the rest of the state does not
  ["US", mountain, "303 719 720 748 970 983 406 505 575 385 435 801 307"],
  ["US", "America/Phoenix", "480 520 602 623"],
  ["US", `America/Phoenix ${mountain}`, "928"],
  // Mountain and Pacific
  ["US", `America/Boise ${pacific}`, "208 986"],
  ["US", `${pacific} America/Boise`, "458 541"],
  ["US", `${pacific} ${mountain}`, "775"],
  // Pacific
  ["US", pacific, "209 213 279 310 323 341 350 357 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669"],
  ["US", pacific, "707 714 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951"],
  ["US", pacific, "702 725 503 971 206 253 360 425 509 564"],
  ["US", "America/Anchorage America/Adak", "907"],
  ["US", "Pacific/Honolulu", "808"],
  // Territories
  ["PR", "America/Puerto_Rico", "787 939"],
  ["VI", "America/St_Thomas", "340"],
  ["GU", "Pacific/Guam", "671"],
  ["MP", "Pacific/Saipan", "670"],
  ["AS", "Pacific/Pago_Pago", "684"],
  // Canada
  ["CA", "America/Vancouver", "604"],
  ["CA", "America/Vancouver America/Edmonton America/Fort_Nelson", "236 250 257 672 778"],
  ["CA", "America/Edmonton", "368 403 587 780 825"],
  ["CA", "America/Regina America/Edmonton", "306 474 639"],
  ["CA", "America/Winnipeg", "204 431 584"],
  ["CA", "America/Toronto", "226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 905 942"],
  ["CA", "America/Toronto America/Winnipeg America/Atikokan", "807"],
  ["CA", "America/Toronto", "263 354 438 450 468 514 579 819 873"],
  ["CA", "America/Toronto America/Halifax America/Blanc-Sablon", "273 367 418 581"],
  ["CA", "America/Halifax", "428 506 782 902"],
  ["CA", "America/St_Johns America/Goose_Bay", "709 879"],
  [
    "CA",
    "America/Whitehorse America/Edmonton America/Winnipeg America/Rankin_Inlet America/Atikokan America/Iqaluit",
    "867"
  ],
  // Caribbean and Atlantic
  ["AG", "America/Antigua", "268"],
  ["AI", "America/Anguilla", "264"],
  ["BB", "America/Barbados", "246"],
  ["BM", "Atlantic/Bermuda", "441"],
  ["BS", "America/Nassau", "242"],
  ["DM", "America/Dominica", "767"],
  ["DO", "America/Santo_Domingo", "809 829 849"],
  ["GD", "America/Grenada", "473"],
  ["JM", "America/Jamaica", "658 876"],
  ["KN", "America/St_Kitts", "869"],
  ["KY", "America/Cayman", "345"],
  ["LC", "America/St_Lucia", "758"],
  ["MS", "America/Montserrat", "664"],
  ["SX", "America/Lower_Princes", "721"],
  ["TC", "America/Grand_Turk", "649"],
  ["TT", "America/Port_of_Spain", "868"],
  ["VC", "America/St_Vincent", "784"],
  ["VG", "America/Tortola", "284"]
]

/** Codes of no place: free, premium, personal and machine numbers. They may ring anywhere in the plan. */
export const placelessCodes =
  "500 521 522 523 524 525 526 527 528 529 532 533 535 538 542 543 544 545 546 547 549 550 552 553 554 556 558 566 569 " +
  "577 578 588 589 600 622 633 644 655 677 688 700 710 800 822 833 844 855 866 877 880 881 882 883 884 885 886 887 " +
  "888 889 900"
