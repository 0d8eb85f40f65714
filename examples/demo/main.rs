//! A tour of what a hosting company does with Plesk, from the first customer to the last `del`, on a
//! simulated server.
//!
//! `cargo xtask demo` runs it. It prints each request and response as sent over the socket, validates both
//! against the schemas, and prints the typed answer. IDs, credentials and the certificate are new at each
//! start.

mod seed;
mod show;
mod welcome;

use std::error::Error;

use plesk::{Batch, Client, customer, reseller, service_plan, session, webspace};
use plesk_sim::Sim;

use seed::Seed;
use show::Show;

type DemoResult = Result<(), Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> DemoResult {
    let sim = Sim::start()?;
    let seed = Seed::create(&sim);
    let client =
        Client::builder(sim.url()).secret_key(sim.secret_key()).root_certificate(sim.certificate_pem()).build()?;
    let mut show = Show::new(&sim);

    println!("A simulated Plesk listens at {} with a self-signed certificate.", sim.url());
    welcome::welcome(&client, &mut show).await?;
    sessions(&client, &seed, &mut show).await?;
    customers(&client, &seed, &mut show).await?;
    service_plans(&client, &seed, &mut show).await?;
    resellers(&client, &seed, &mut show).await?;
    webspaces(&client, &seed, &mut show).await?;
    mixed(&client, &seed, &mut show).await?;
    show.finish()
}

async fn sessions(client: &Client, seed: &Seed, show: &mut Show<'_>) -> DemoResult {
    show.step("session: end one, then end it again");
    let ended = client.send(session::Terminate::new(&seed.session)).await?;
    show.exchange(&ended)?;
    let again = client.send(session::Terminate::new(&seed.session)).await?;
    show.exchange(&again)
}

async fn customers(client: &Client, seed: &Seed, show: &mut Show<'_>) -> DemoResult {
    show.step("customer: add two, read them");
    let mut added = Vec::new();
    for (name, login) in [("Ada Ash", "ada"), ("Ben Birch", "ben")] {
        let info = customer::AddGenInfo::new(name, login, "correct <horse> & battery").country("GB");
        let customer = client.send(customer::Add::new(info)).await??;
        show.exchange(&customer)?;
        added.push(customer.id);
    }
    let dataset = customer::Dataset::new().gen_info().stat();
    let read = client.send(customer::Get::new(customer::Filter::ids([added[0], added[1]]), dataset)).await?;
    show.exchange(&read.all_ok()?)?;

    show.step("customer: delete two by id");
    let deleted = client.send(customer::Del::new(customer::Filter::ids([added[0], added[1]]))).await?;
    show.exchange(&deleted.all_ok()?)?;

    show.step("customer: delete one by id and one by login, which takes two `del` elements");
    let mut batch = Batch::new();
    let by_id = batch.push(customer::Del::new(customer::Filter::id(seed.customers[0])));
    let by_login = batch.push(customer::Del::new(customer::Filter::login("gina")));
    let response = client.send_batch(batch).await?;
    show.exchange(&(response.take(by_id)?.all_ok()?, response.take(by_login)?.all_ok()?))
}

async fn service_plans(client: &Client, seed: &Seed, show: &mut Show<'_>) -> DemoResult {
    show.step("service-plan: delete two plans of a reseller");
    let owner = service_plan::Owner::owner_login("rhea");
    let del = service_plan::Del::new(service_plan::Filter::ids(seed.plans)).owner(owner);
    let deleted = client.send(del).await?;
    show.exchange(&deleted.all_ok()?)
}

async fn resellers(client: &Client, seed: &Seed, show: &mut Show<'_>) -> DemoResult {
    let [first, second, third] = seed.resellers;
    show.step("reseller: delete one, then several, one of which no longer exists");
    let one = client.send(reseller::Del::new(reseller::Filter::id(first))).await?;
    show.exchange(&one.all_ok()?)?;
    let several = client.send(reseller::Del::new(reseller::Filter::ids([first, second, third]))).await?;
    show.exchange(&several.into_iter().collect::<Vec<_>>())?;

    show.step("reseller: delete all");
    let all = client.send(reseller::Del::new(reseller::Filter::Everything)).await?;
    show.exchange(&all.all_ok()?)
}

async fn webspaces(client: &Client, seed: &Seed, show: &mut Show<'_>) -> DemoResult {
    use webspace::{Del, Filter};

    show.step("webspace: delete by name");
    let by_name = client.send(Del::new(Filter::names(["one.example", "two.example"]))).await?;
    show.exchange(&by_name.all_ok()?)?;

    show.step("webspace: IDs in one operation, names in another");
    let mut batch = Batch::new();
    let ids = batch.push(Del::new(Filter::ids(seed.webspaces)));
    let names = batch.push(Del::new(Filter::names(["three.example", "no-such.example"])));
    let response = client.send_batch(batch).await?;
    let names: Vec<_> = response.take(names)?.into_iter().collect();
    show.exchange(&(response.take(ids)?.all_ok()?, names))?;

    show.step("webspace: all of one owner, by login and by id");
    let mut batch = Batch::new();
    let by_login = batch.push(Del::new(Filter::owner_login("hugo")));
    let by_id = batch.push(Del::new(Filter::owner_id(i64::try_from(seed.customers[2])?)));
    let response = client.send_batch(batch).await?;
    show.exchange(&(response.take(by_login)?.all_ok()?, response.take(by_id)?.all_ok()?))?;

    show.step("webspace: delete everything, which must be explicit");
    let everything = client.send(Del::new(Filter::Everything)).await?;
    show.exchange(&everything.all_ok()?)
}

async fn mixed(client: &Client, seed: &Seed, show: &mut Show<'_>) -> DemoResult {
    show.step("one packet, four operators");
    let mut batch = Batch::new();
    let sessions = batch.push(session::Get::new());
    let customer = batch.push(customer::Del::new(customer::Filter::login("hugo")));
    let plan = batch.push(service_plan::Del::new(service_plan::Filter::name("Basic")));
    let webspace = batch.push(webspace::Del::new(webspace::Filter::id(seed.webspaces[0])));
    let response = client.send_batch(batch).await?;
    let sessions = response.take(sessions)??;
    let customer = response.take(customer)?.all_ok()?;
    let plan = response.take(plan)?.all_ok()?;
    let webspace = response.take(webspace)?.into_single();
    show.exchange(&(sessions, customer, plan, webspace))
}
