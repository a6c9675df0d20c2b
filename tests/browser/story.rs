//! The story of the product, tapped through: desk, dispatch, board, trip, gate. Once in Chinese with the board on the wall
//! at night, once in English with the board on a phone by day.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};

use crate::scenes::{airport, community, gate, road};
use crate::team;

/// How one telling looks.
struct Telling {
    language: Language,
    board: View,
    /// What marks a row that is over.
    over: &'static str,
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_in_chinese_with_the_board_on_the_wall() {
    tell(Telling { language: Language::Chinese, board: View::wall().dark(), over: "已交接" }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_in_english_with_the_board_on_a_phone() {
    tell(Telling { language: Language::English, board: View::phone(), over: "Handed over" }).await;
}

/// Windows that stay open during the story.
pub struct Stage {
    pub world: World,
    /// `zh-CN` or `en`, for the names of pictures.
    pub tag: &'static str,
    pub dispatch: Page,
    /// The leader's.
    pub board: Page,
    /// One phone for the rest of the squad, from hand to hand.
    pub phone: Page,
}

impl Stage {
    /// Looks at a screen closely.
    pub async fn inspect(&self, page: &Page, screen: &str) {
        team::inspect(page, &format!("story-{}-{screen}", self.tag)).await;
    }
}

async fn tell(telling: Telling) {
    let world = World::start().await;
    team::hire(&world).await;
    let browser = Browser::start();
    let see = |view: View| browser.page(view.language(telling.language));
    let dispatch = see(View::desktop()).await;
    let stage = Stage {
        world,
        tag: telling.language.tag(),
        dispatch,
        board: see(telling.board).await,
        phone: see(View::phone()).await,
    };

    let desk = see(View::tablet()).await;
    let party = airport::register(&stage, &desk).await;
    drop(desk);
    community::hear(&stage, &party).await;
    let trip = airport::assign(&stage, &party).await;
    let stop = community::acknowledge(&stage).await;
    let escort = see(View::phone()).await;
    road::ride(&stage, &escort, &trip).await;
    gate::receive(&stage, &escort, &stop).await;

    let row = format!("#done [data-stop='{stop}']");
    stage.board.until_text(&row, telling.over).await;
    stage.inspect(&stage.board, "board-4-handed-over").await;
    team::go(&stage.dispatch, &stage.world, "/numbers").await;
    stage.inspect(&stage.dispatch, "numbers").await;
}
