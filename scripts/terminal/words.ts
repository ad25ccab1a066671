/** What the terminal answers to `help`. */
export const HELP = `Type, and press Enter:
  7038010001659      sell the item of that bar code (or its number: Item A, FOOD, TAKEAWAY, BEER, SODA)
  2 * BEER           sell two
  https://id.gs1.org/01/07038010001659?17=301231   sell by what the 2D code of a pack says
  ]d2010703801000165917301231   the same as a scanner sends it: AIM identifier, then the data
  cash               take what is left in cash          cash 500   take 500.00, give change
  visa               take what is left by card
  mc 500             take 500.00 by a card that gives cash back
  close              close a ticket of 0.00
  copy 1             print the one marked copy of receipt 1       report 1   print Z report 1 again
  yes, no            answer a question about paper that may not have come out, or a drawer
  drawer change      open the drawer without a sale (or: count, correction, service, other)
  day close          Z report: the day's voucher goes to PowerOffice Go
  day open           open the next day
  view               the open ticket or the last one, what is asked, what is to be seen to
  status             what the till can do now, and why not
  books              what M3 and PowerOffice Go have booked so far
  paper out, paper in, cover open, cover shut, cable out, cable in, key
                     do that to the virtual printer; key opens its drawer by hand
  cable half         pull the cable in the middle of the next paper; after "cable in" a question is to be answered
  quit               stop everything (Ctrl-C does the same)`;
