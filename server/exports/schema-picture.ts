/** How the views of the schema `analytics` hang together; every line is a join that exists. */
export const schemaPicture = `The schema analytics. One line is one join; 1 and * say how many rows stand on each side.

                        connection 1 ──────┐ connection
                                           │
  team 1 ── team = team, first_team ──── * item * ──── customer_id ──── 1 customer
                                           1
                                           │ item_id
      ┌──────────┬──────────┬──────────┬───┴─────┬──────────┬──────────┬───────────────┐
      *          *          *          *         *          *          *               *
    event    ownership   handoff    promise   interval    turn      silence          cycle
      1
      │ item_id, event_id
      1
   message

  journey 1 ── journey_id ── * journey_step * ── item_id ── 1 item
  journey 1 ── journey_id ── * journey_handoff * ── item_id, from_item_id ── 1 item

  metric 1 ── metric ── * metric_week

Instants are timestamps with zone; durations whole seconds; null is never zero: each column says what it means.
Persons are pseudonyms. Rows with "excluded" are in no metric of the page: leave them out to get its numbers.`;
