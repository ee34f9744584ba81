//! What The Lantern Wire, the English paper, writes. All of it is invented.

use super::Effect;
use super::story::{Appears, Paper, Story};

/// The box beside every article; none of it belongs to the article.
pub(super) const MOST_READ: &[&str] = &[
    "Nvidia denies teaching the Cloudrest gulls to queue",
    "Huawei umbrella recall: only the ones that hum",
    "SMIC's knitting club wins the harbour regatta",
];

/// The article that the other paper republishes word for word.
pub(super) const TIDE_MODEL: Story = Story {
    slug: "deepseek-tide-model-reads-gossip",
    appears: Appears::After(10),
    title: "DeepSeek trains a model to forecast tides from harbour gossip",
    lead: "The fishermen of Cloudrest say the forecasts are better than the almanac, and ruder.",
    author: "Imogen Farrow",
    paragraphs: &[
        "DeepSeek has spent the winter recording what people on the quay of Cloudrest say about the sea, and has \
         trained a model of 7 million parameters to turn their complaints into tide tables.",
        "In a trial of 61 days the tables were wrong by nine minutes on average, which the harbour master called \
         an improvement on his uncle.",
        "Seven microphones hang between the drying nets and switch themselves off when anyone mentions money.",
        "DeepSeek says it will publish the weights once the fishmonger's wife has checked them for secrets.",
        "The model refuses to forecast on Sundays, when the quay is empty and there is nothing to listen to.",
    ],
    caption: "The quay at Cloudrest, where the microphones hang between the nets.",
    related: &["Huawei asks the quay to be quieter"],
    comments: &[("Old Tom", "It still owes me a mackerel.")],
    effect: Effect::Alert,
    expect: "a mail at once: the rule names DeepSeek",
    ..BLANK
};

pub(super) const STORIES: &[Story] = &[
    TIDE_MODEL,
    Story {
        slug: "nvidia-rockpool-cooling",
        appears: Appears::After(21),
        title: "Nvidia cools a rack of graphics cards in a rock pool",
        lead: "Crabs at Cloudrest have moved into the warmer end of the pool and show no sign of leaving.",
        author: "Percival Nwosu",
        paragraphs: &[
            "Nvidia lowered the rack at low tide on a borrowed fishing crane and expects to raise it again in spring.",
            "The harbour council has put up a sign asking children not to feed the processors.",
            "A biologist who counts the crabs every morning found 140 of them on Tuesday, up from 12.",
        ],
        caption: "The rock pool, with steam.",
        comments: &[("Quayside Reader", "Huawei would have used a bucket.")],
        effect: Effect::Digest,
        expect: "no mail of its own: Nvidia is tracked but not in the rule; the next digest names it",
        ..BLANK
    },
    Story {
        slug: "lighthouse-keeper-solves-chess",
        appears: Appears::After(38),
        title: "Lighthouse keeper teaches the foghorn to play chess",
        lead: "Long blasts move the knights. Ships have been asked to pass quietly.",
        author: "Imogen Farrow",
        paragraphs: &[
            "The keeper of the Wick Rock light spent two winters wiring the foghorn to a chessboard of driftwood.",
            "Each square has its own note, and castling takes most of a minute.",
            "It has won eleven games against passing tankers and lost one to a rowing boat.",
        ],
        caption: "The driftwood board in the lamp room.",
        related: &["Nvidia offers to sponsor the foghorn"],
        comments: &[
            ("Deckhand", "Surely DeepSeek is behind this."),
            ("Second Mate", "My money is on SMIC, they make the pawns."),
        ],
        effect: Effect::Silence,
        expect: "no mail: tracked names stand only in its comments, related box and sidebar",
        ..BLANK
    },
    Story {
        slug: "huawei-smic-kite-relay",
        appears: Appears::After(57),
        title: "Huawei and SMIC string a kite relay across the Cloudrest strait",
        lead: "Messages cross eleven kilometres of water at the speed of the wind, and stop when it does.",
        author: "Percival Nwosu",
        paragraphs: &[
            "Huawei supplies the kites and SMIC the 48 small chips that ride on their tails.",
            "A boy on the far shore reads the flashes through a telescope and writes them on a slate.",
            "The first message across the strait was a shopping list, and the second was a correction to it.",
        ],
        caption: "A relay kite above the strait, carrying a chip of SMIC's.",
        effect: Effect::Alert,
        expect: "a mail at once: the rule names Huawei and SMIC; one mail, not two",
        ..BLANK
    },
];

const BLANK: Story = Story { paper: Paper::LanternWire, ..Story::BLANK };
