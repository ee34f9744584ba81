//! How much each article of a message has to be shortened so that the whole fits.

/// How a message gives way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// Its articles, of which the last gives way first.
    pub(super) items: usize,
    /// How often an article can be shortened before it is merely counted.
    pub(super) rounds: usize,
    /// How many articles are shortened once before the last one is shortened again.
    pub(super) lag: usize,
}

/// A plan carried out this far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Squeeze {
    plan: Plan,
    steps: usize,
}

impl Squeeze {
    /// How often the article at this place is shortened; more than the plan's rounds where it is merely counted.
    pub(super) fn rounds(self, place: usize) -> usize {
        let Plan { items, rounds, lag } = self.plan;
        let from_end = items.saturating_sub(place + 1);
        if self.steps > self.plan.shortening() + from_end {
            return rounds + 1;
        }
        match self.steps.checked_sub(from_end + 1) {
            Some(further) => rounds.min(further / lag.max(1) + 1),
            None => 0,
        }
    }
}

impl Plan {
    /// The least squeeze that fits; the tightest one where nothing does.
    pub(super) fn least(self, fits: impl Fn(Squeeze) -> bool) -> Squeeze {
        let squeeze = |steps| Squeeze { plan: self, steps };
        if fits(squeeze(0)) {
            return squeeze(0);
        }
        let (mut too_large, mut enough) = (0, self.shortening() + self.items);
        while too_large + 1 < enough {
            let middle = usize::midpoint(too_large, enough);
            if fits(squeeze(middle)) {
                enough = middle;
            } else {
                too_large = middle;
            }
        }
        squeeze(enough)
    }

    /// The steps until every article is as short as it can be; no article is merely counted before that.
    fn shortening(self) -> usize {
        self.items + self.lag.max(1) * self.rounds.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_article_gives_way_first_and_none_is_dropped_before_all_are_short() {
        for (lag, steps, rounds) in [
            (3, 0, [0, 0, 0]),
            (3, 1, [0, 0, 1]),
            (3, 3, [1, 1, 1]),
            (3, 5, [1, 2, 2]),
            (3, 6, [2, 2, 2]),
            (3, 7, [2, 2, 3]),
            (3, 9, [3, 3, 3]),
            (1, 2, [0, 1, 2]),
            (1, 4, [2, 2, 2]),
            (1, 5, [2, 2, 3]),
            (1, 7, [3, 3, 3]),
        ] {
            let squeeze = Squeeze { plan: Plan { items: 3, rounds: 2, lag }, steps };
            assert_eq!([0, 1, 2].map(|place| squeeze.rounds(place)), rounds, "{steps} steps with lag {lag}");
        }
    }

    #[test]
    fn no_more_is_cut_than_needed() {
        let sizes = [30, 10, 1, 0];
        let plan = Plan { items: 3, rounds: 2, lag: 3 };
        for (limit, steps) in [(90, 0), (89, 1), (69, 2), (30, 3), (3, 6), (2, 7), (0, 9)] {
            let size = |squeeze: Squeeze| (0..3).map(|place| sizes[squeeze.rounds(place)]).sum::<usize>();
            assert_eq!(plan.least(|squeeze| size(squeeze) <= limit).steps, steps, "limit {limit}");
        }
        assert_eq!(plan.least(|_| false).steps, 9);
    }

    #[test]
    fn a_message_without_articles_has_nothing_to_give() {
        let plan = Plan { items: 0, rounds: 3, lag: 0 };
        assert_eq!(plan.least(|_| true).steps, 0);
    }
}
